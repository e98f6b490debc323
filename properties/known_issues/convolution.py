"""Known issues of convolutions."""

import numpy as np

from properties.known_issues.issue import (
    TO_SEE_UNSET,
    KnownIssue,
    narrow_by_avx512,
    narrow_by_onednn,
    processor_has,
    with_amx,
    without_amx,
)


def places_read(input, weight, *, stride, padding, dilation, axis=-1):
    """Where each column of the kernel is, for each column of the result."""
    size, kernel = input.shape[axis], weight.shape[axis]
    window = stride, dilation, padding
    step, apart, beside = (np.ravel(option)[axis] for option in window)
    out = (size + 2 * beside - apart * (kernel - 1) - 1) // step + 1
    return np.add.outer(np.arange(out) * step - beside, np.arange(kernel) * apart)


def columns_read(input, weight, *, axis=-1, **window):
    """For each column of the result and of the kernel: does it meet the image?"""
    reads = places_read(input, weight, axis=axis, **window)
    return (reads >= 0) & (reads < input.shape[axis])


def leaves_rows_unread(input, weight, bias=None, *, groups=1, **window):
    """Whether no window reads some row of the image, along any axis."""
    axes = range(-1, 1 - input.ndim, -1)
    return not all(
        np.isin(
            np.arange(input.shape[axis]),
            places_read(input, weight, **window, axis=axis),
        ).all()
        for axis in axes
    )


def columns_in_padding(input, weight, *others, groups=1, **window):
    """Whether the kernel meets only padding in some column of the result."""
    return not columns_read(input, weight, **window).any(axis=1).all()


def columns_last_in_padding(input, weight, bias=None, **options):
    """The same of `conv2d_channels_last`."""
    first = input.transpose(0, 3, 1, 2), weight.transpose(3, 2, 0, 1)
    return columns_in_padding(*first, groups=1, **options)


def narrower_than_stride(input, weight, bias=None, *, stride, **options):
    """Whether the stride steps over the whole width of an image, channels last."""
    return input.shape[2] < stride[1]


def is_one_column(input, weight, *others, stride, padding, dilation, **options):
    """Whether the result is one column wide, and the stride more."""
    reach = dilation[-1] * (weight.shape[-1] - 1) + 1
    width = input.shape[-1] + 2 * padding[-1]
    return stride[-1] > 1 and width - reach < stride[-1]


def one_column(input, weight, bias=None, **options):
    """The same of `conv2d_channels_last`."""
    first = input.transpose(0, 3, 1, 2), weight.transpose(3, 2, 0, 1)
    return is_one_column(*first, **options)


def taps_in_padding(input, weight, bias=None, *, groups=1, **window):
    """Whether a column of the kernel meets only padding, and the stride is above 1."""
    met = columns_read(input, weight, **window).any(axis=0)
    return window["stride"][-1] > 1 and not met.all()


def columns_made(input, weight, *, stride, padding, dilation, output_padding=(0,)):
    """For each column of the image and of the kernel: is it in a transposed result?"""
    size, kernel = input.shape[-1], weight.shape[-1]
    reach = dilation[-1] * (kernel - 1) + 1
    out = (size - 1) * stride[-1] - 2 * padding[-1] + reach + output_padding[-1]
    starts = np.arange(size) * stride[-1] - padding[-1]
    places = np.add.outer(starts, np.arange(kernel) * dilation[-1])
    return (places >= 0) & (places < max(out, 0))


def taps_cropped(input, weight, *others, groups, output_padding, **window):
    """Whether a column of the kernel of a transposed convolution is cropped away."""
    made = columns_made(input, weight, **window)
    return window["stride"][-1] > 1 and not made.any(axis=0).all()


def taps_of_row_in_padding(input, column, row, **window):
    """The same of a row that comes after a column."""
    return taps_in_padding(input, row, **window)


def is_paired_with_neighbours(input, channels):
    """Whether a channel without a partner is read together with the next pixel's."""
    return channels % 2 == 1 and not np.isfinite(input).all()


def pairs(input, weight, *others, **options):
    return is_paired_with_neighbours(input, weight.shape[1])


def pairs_plain(image, *others, **options):
    """That of an image without channels."""
    return is_paired_with_neighbours(image, 1)


def pairs_channels_last(input, weight, *others, **options):
    return is_paired_with_neighbours(input, weight.shape[2])


def pairs_transposed(input, weight, *others, groups, **options):
    return is_paired_with_neighbours(input, weight.shape[0] // groups)


def pairs_in_gradient(weight, grad_output, *, groups, **options):
    return is_paired_with_neighbours(grad_output, weight.shape[0] // groups)


ONE = np.ones((1, 1, 1, 1))
ONCE = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}
ROW = np.array([1, 1, np.nan])
PIXELS = ROW[None, None, None]
UP = {"stride": (2, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}
UP |= {"output_padding": (0, 0)}

PAIRED = [
    *[
        (
            f"conv{axes}d",
            pairs,
            (ROW.reshape(*[1] * (axes + 1), 3), np.ones((*[1] * (axes + 1), 2)), None),
            {"stride": (1,) * axes, "dilation": (1,) * axes, "groups": 1}
            | {"padding": (*[0] * (axes - 1), 1)},
        )
        for axes in (1, 2, 3)
    ],
    *[
        (operation, pairs, (PIXELS, np.ones((1, 1, 1, 3)), None), options)
        for operation, options in [
            ("conv2d_same", {"dilation": (1, 1), "groups": 1}),
            ("conv2d_tf_same", {"dilation": (1, 1), "groups": 1, "stride": (1, 1)}),
            ("masked_conv2d", {"mask_type": "B", "colors": 1}),
        ]
    ],
    (
        *("depthwise_conv2d", pairs, (PIXELS, np.ones((1, 1, 1, 2)), None)),
        {"stride": (1, 1), "padding": (0, 1), "dilation": (1, 1)},
    ),
    (
        *("causal_conv1d", pairs, (PIXELS[0], np.ones((1, 1, 2)), None)),
        {"dilation": 1, "groups": 1},
    ),
    ("cross_correlate", pairs_plain, (ROW, np.ones(2)), {}),
    ("cross_correlate_same", pairs_plain, (ROW, np.ones(3)), {"origin": (0,)}),
    (
        *("learn_kernel", pairs_plain),
        (np.array([1, np.inf]), np.ones(1), np.ones(2)),
        {"lr": 0.0, "steps": 0},
    ),
    (
        "conv2d_channels_last",
        pairs_channels_last,
        (
            np.array([1, 1, 1, np.nan, *[1] * 4]).reshape(2, 2, 2, 1),
            *(np.ones((3, 3, 1, 1)), None),
        ),
        {"stride": (1, 1), "padding": (2, 2), "dilation": (2, 2)},
    ),
    (
        "conv_transpose1d",
        pairs_transposed,
        (np.array([1, np.nan, 1, 1]).reshape(2, 1, 2), np.ones((1, 1, 1)), None),
        {"stride": (2,), "padding": (0,), "dilation": (1,), "groups": 1}
        | {"output_padding": (1,)},
    ),
    *[
        (
            *(operation, pairs_transposed),
            (np.array([[[[1, np.nan, 1]]]]), np.ones((1, 1, 1, 2)), None),
            UP,
        )
        for operation in ("conv_transpose2d", "transposed_convolution_by_convolution")
    ],
    (
        "conv_transpose3d",
        pairs_transposed,
        (
            np.array([1, np.nan, 1, 1]).reshape(1, 1, 1, 2, 2),
            *(np.ones((1, 1, 1, 1, 1)), None),
        ),
        {"stride": (2, 1, 1), "padding": (0, 0, 0), "dilation": (1, 1, 1)}
        | {"output_padding": (0, 0, 0), "groups": 1},
    ),
    (
        *("conv2d_input_gradient", pairs_in_gradient),
        (np.ones((1, 1, 1, 2)), np.array([[[[1, np.nan, 1]]]])),
        ONCE | {"stride": (2, 1), "input_size": (1, 1, 1, 4)},
    ),
]
"""Convolutions in bfloat16: operation, region, and tensors and options that show it."""

SOMETIMES = 2
"""Calls of what not each processor, or each memory, has to show."""

KNOWN_ISSUES = [
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
        machine=narrow_by_avx512,
        region=narrower_than_stride,
        example=(
            (np.ones((8, 32, 1, 2)), np.ones((1, 2, 2, 1)), None),
            {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 1)},
        ),
        calls=TO_SEE_UNSET,
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
            machine=narrow_by_avx512,
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
            calls=TO_SEE_UNSET,
        )
        for axes in (1, 2, 3)
    ],
    *[
        KnownIssue(
            operation=f"conv_transpose{axes}d",
            title="the weight's gradient is not set where it is cropped away",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=narrow_by_avx512,
            region=taps_cropped,
            example=(
                (np.ones((2, 1, *[1] * axes)), np.ones((1, 16, *[3] * axes)), None),
                {"stride": (2,) * axes, "padding": (1,) * axes, "groups": 1}
                | {"output_padding": (0,) * axes, "dilation": (1,) * axes},
            ),
            calls=TO_SEE_UNSET,
        )
        for axes in (1, 2, 3)
    ],
    KnownIssue(
        operation="conv3d",
        title="the image's gradient is not set where no window reads it",
        link="",
        dtypes=("bfloat16",),
        machine=narrow_by_avx512,
        region=leaves_rows_unread,
        example=(
            (np.ones((2, 1, 3, 2, 17)), np.ones((1, 1, 2, 1, 1)), None),
            {"stride": (2, 1, 1), "padding": (0, 0, 0)}
            | {"dilation": (1, 1, 1), "groups": 1},
        ),
        calls=TO_SEE_UNSET if with_amx() else SOMETIMES,
    ),
    KnownIssue(
        operation="spatially_separable_conv2d",
        title="the weight's gradient is not set where it meets only padding",
        link="https://github.com/pytorch/pytorch/issues/169688",
        dtypes=("bfloat16",),
        machine=narrow_by_avx512,
        region=taps_of_row_in_padding,
        example=(
            (np.ones((1, 1, 2, 1)), np.ones(3), np.ones(2)),
            {"stride": (1, 3), "padding": (1, 1), "dilation": (1, 1)},
        ),
        calls=SOMETIMES,
    ),
    *[
        KnownIssue(
            operation=operation,
            title="NaN reaches pixels that do not see it, with an odd number of "
            "channels",
            link="https://github.com/pytorch/pytorch/issues/157237",
            dtypes=("bfloat16",),
            machine=narrow_by_onednn,
            region=region,
            example=(tensors, options),
            calls=1 if without_amx() else SOMETIMES,
        )
        for operation, region, tensors, options in PAIRED
    ],
]
