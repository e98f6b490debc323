"""Known issues of convolutions."""

import numpy as np

from properties.known_issues.issue import KnownIssue, processor_has, without_amx


def columns_read(input, weight, *, stride, padding, dilation):
    """For each column of the result and of the kernel: does it meet the image?"""
    size, kernel = input.shape[-1], weight.shape[-1]
    out = (size + 2 * padding[-1] - dilation[-1] * (kernel - 1) - 1) // stride[-1] + 1
    first = np.arange(out) * stride[-1] - padding[-1]
    reads = np.add.outer(first, np.arange(kernel) * dilation[-1])
    return (reads >= 0) & (reads < size)


def columns_in_padding(input, weight, bias=None, *, groups=1, **window):
    """Whether the kernel meets only padding in some column of the result."""
    return not columns_read(input, weight, **window).any(axis=1).all()


def columns_last_in_padding(input, weight, bias=None, **options):
    """The same of `conv2d_channels_last`."""
    first = input.transpose(0, 3, 1, 2), weight.transpose(3, 2, 0, 1)
    return columns_in_padding(*first, groups=1, **options)


def narrower_than_stride(input, weight, bias=None, *, stride, **options):
    """Whether the stride steps over the whole width of an image, channels last."""
    return input.shape[2] < stride[1]


def one_column(input, weight, bias=None, *, stride, padding, dilation):
    """Whether the result is one column wide, and the stride more, channels last."""
    reach = dilation[1] * (weight.shape[1] - 1) + 1
    return stride[1] > 1 and input.shape[2] + 2 * padding[1] - reach < stride[1]


def taps_in_padding(input, weight, bias=None, *, groups=1, **window):
    """Whether a column of the kernel meets only padding, and the stride is above 1."""
    met = columns_read(input, weight, **window).any(axis=0)
    return window["stride"][-1] > 1 and not met.all()


def pairs_with_neighbours(input, weight, bias=None, **options):
    """Whether a channel without a partner is read together with the next pixel's."""
    return weight.shape[1] % 2 == 1 and not np.isfinite(input).all()


ONE = np.ones((1, 1, 1, 1))
ONCE = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}

KNOWN_ISSUES = [
    KnownIssue(
        operation="conv2d",
        title="segmentation fault where columns of the result read only padding",
        link="https://github.com/uxlfoundation/oneDNN/issues/5942",
        dtypes=("float16",),
        machine=lambda: processor_has("avx512_fp16"),
        region=columns_in_padding,
        example=(
            (ONE, ONE, None),
            {"stride": (1, 3), "padding": (2, 2), "dilation": (1, 2), "groups": 1},
        ),
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="segmentation fault where columns of the result read only padding",
        link="https://github.com/uxlfoundation/oneDNN/issues/5942",
        dtypes=("float32", "bfloat16"),
        machine=lambda: processor_has("avx512f"),
        region=columns_last_in_padding,
        example=(
            (np.ones((2, 1, 1, 2)), np.ones((1, 1, 2, 1)), np.ones(1)),
            {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 2)},
        ),
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="the weight's gradient of images narrower than the stride is not set",
        link="https://github.com/pytorch/pytorch/issues/169688",
        dtypes=("bfloat16",),
        machine=without_amx,
        region=narrower_than_stride,
        example=(
            (np.ones((8, 32, 1, 2)), np.ones((1, 2, 2, 1)), None),
            {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 1)},
        ),
        calls=100,
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="a result one column wide is wrong where the stride is above 1",
        link="https://github.com/pytorch/pytorch/issues/169688",
        dtypes=("float32", "bfloat16"),
        machine=lambda: processor_has("avx512f"),
        region=one_column,
        example=(
            (np.ones((2, 6, 5, 1)), np.ones((3, 3, 1, 1)), None),
            {"stride": (1, 3), "padding": (0, 0), "dilation": (1, 1)},
        ),
    ),
    *[
        KnownIssue(
            operation=f"conv{axes}d",
            title="the weight's gradient is not set where it meets only padding",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=without_amx,
            region=taps_in_padding,
            example=(
                (
                    np.ones((8, 32, *[1] * axes)),
                    np.ones((1, 32, *[1] * (axes - 1), 2)),
                    None,
                ),
                {
                    "stride": (*[1] * (axes - 1), 2),
                    "padding": (*[0] * (axes - 1), 1),
                    "dilation": (1,) * axes,
                    "groups": 1,
                },
            ),
            calls=100,
        )
        for axes in (1, 2, 3)
    ],
    KnownIssue(
        operation="conv2d",
        title="NaN reaches pixels that do not see it, with an odd number of channels",
        link="https://github.com/pytorch/pytorch/issues/157237",
        dtypes=("bfloat16",),
        machine=without_amx,
        region=pairs_with_neighbours,
        example=(
            (np.array([[[[1, np.nan]]]]), np.ones((1, 1, 1, 2)), None),
            ONCE | {"padding": (0, 1)},
        ),
    ),
]
