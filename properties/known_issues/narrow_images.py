"""Known issues of bfloat16 convolutions of images and results a few columns wide.

Of oneDNN's kernels, where the stride along rows is above 1: memory that was not set is
added, or left to stand for a gradient. AMX's do so more often than AVX-512's.
"""

import numpy as np

from properties.known_issues.convolution import (
    ONE,
    SOMETIMES,
    columns_in_padding,
    is_one_column,
    places_read,
    taps_cropped,
    taps_in_padding,
)
from properties.known_issues.issue import KnownIssue, narrow_by_avx512, with_amx


def is_narrow(input, weight, *others, groups=1, **window):
    """Whether a column of the kernel meets only padding, or the result is one wide."""
    call = input, weight
    return taps_in_padding(*call, **window) or is_one_column(*call, **window)


def is_narrow_of_one_axis(input, weight, *others, **window):
    """The same of options that are numbers."""
    return is_narrow(input, weight, **{name: (n,) for name, n in window.items()})


def is_narrow_padded(input, weight, bias=None, *, stride, dilation, groups):
    """The same of an image that is padded so that ⌈size / stride⌉ pixels result."""
    size, step = input.shape[-1], stride[-1]
    reach = dilation[-1] * (weight.shape[-1] - 1) + 1
    size = max(size, (-(-size // step) - 1) * step + reach)
    padded = np.empty((*input.shape[:-1], size))
    window = {"stride": stride, "padding": (0, 0), "dilation": dilation}
    return is_narrow(padded, weight, **window)


def is_narrow_in_block(input, *weights, stride, **options):
    """The same of a block, each of whose convolutions is padded to the same size."""
    return any(
        is_narrow_at_first(input, weight, stride=stride, padding=weight.shape[-1] // 2)
        for weight in weights
        if weight is not None and weight.ndim == 4
    )


def is_narrow_at_first(input, weight, *others, stride, padding):
    """The same of the first convolution of several."""
    window = {"stride": stride, "padding": padding, "dilation": 1}
    return is_narrow_of_one_axis(input, weight, **window)


def is_gradient_narrow(input, weight, **window):
    """The same, or a column of the result reads only padding."""
    return is_narrow(input, weight, **window) or (
        window["stride"][-1] > 1 and columns_in_padding(input, weight, **window)
    )


def is_weight_gradient_narrow(input, grad_output, *, weight_size, **window):
    """The same of a gradient's kernel, whose size is given."""
    return is_gradient_narrow(input, np.empty(weight_size), **window)


def is_input_gradient_narrow(weight, grad_output, *, input_size, groups, **window):
    """The same of a gradient's image, or no window reads one of its columns."""
    image = np.empty(input_size)
    read = places_read(image, weight, **window)
    is_unread = not np.isin(np.arange(input_size[-1]), read).all()
    return is_gradient_narrow(image, weight, **window) or (
        window["stride"][-1] > 1 and is_unread
    )


def is_of_one_column(input, weight, *others, stride, **options):
    """`is_one_column` of a gradient: a transposed convolution's is a convolution."""
    return stride[-1] > 1 and input.shape[-1] == 1


def is_narrow_transposed(input, weight, *others, **options):
    """The same, or a column of the kernel is cropped away."""
    call = input, weight
    return is_of_one_column(*call, **options) or taps_cropped(*call, **options)


def is_narrow_at_last(input, weight, bias, up_weight, *, stride, padding):
    """The same of what scores are upsampled by: they are as wide as the features."""
    window = {"stride": (stride,), "padding": (padding,), "dilation": (1,)}
    options = window | {"groups": 1, "output_padding": (0,)}
    return is_narrow_transposed(input, up_weight, **options)


def is_narrow_upsampled(input, *, factor):
    """The same of an image that is upsampled by a kernel of twice the factor."""
    size = 2 * factor - factor % 2
    window = {"stride": factor, "padding": factor // 2}
    return is_narrow_at_last(input, None, None, np.empty((1, 1, size, size)), **window)


def of_two_columns(axes):
    """An image, and a kernel that is as wide, and the numbers −1, 0 and 1."""
    size = (8, 2) if axes == 2 else (2, 8, 2)
    kernel = (4, 2) if axes == 2 else (1, 4, 2)
    image = np.arange(2.0 * np.prod(size)).reshape(1, 2, *size) % 3 - 1
    return image, np.ones((1, 2, *kernel)), None


PAIR, WINDOW = np.ones((1, 1, 1, 2)), np.ones((1, 1, 3, 3))
ALONG = {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 1)}
BLOCK = {"stride": 2, "activate": False}

STRIDED = [
    ("comp_conv2d", is_narrow, (ONE[0, 0], PAIR[0, 0]), ALONG),
    ("depthwise_conv2d", is_narrow, (ONE, PAIR, None), ALONG),
    ("depthwise_separable_conv2d", is_narrow, (ONE, PAIR, ONE, None), ALONG),
    (
        *("gated_conv1d", is_narrow_of_one_axis),
        (ONE[0], PAIR[0], PAIR[0], None, None),
        {"stride": 2, "padding": 1, "dilation": 1},
    ),
    (
        *("mobilenet_block", is_narrow_in_block),
        (ONE, WINDOW, None, ONE, None),
        {"stride": 2},
    ),
    (
        *("residual_block", is_narrow_in_block),
        (np.ones((1, 1, 2, 1)), WINDOW, None, WINDOW, None, ONE, None),
        BLOCK,
    ),
    (
        *("bottleneck_block", is_narrow_in_block),
        (np.ones((1, 1, 3, 1)), ONE, None, WINDOW, None, ONE, None, ONE, None),
        BLOCK | {"groups": 1, "stride_first": False},
    ),
    (
        *("nin_block", is_narrow_at_first),
        (ONE, WINDOW, None, ONE, None, ONE, None),
        {"stride": 2, "padding": 1},
    ),
    (
        *("fcn_head", is_narrow_at_last),
        (ONE, ONE, np.ones(1), WINDOW),
        {"stride": 2, "padding": 1},
    ),
    (
        *("bilinear_upsample", is_narrow_upsampled, (np.ones((2, 1, 33, 1)),)),
        {"factor": 4},
    ),
    (
        *("conv2d_weight_gradient", is_weight_gradient_narrow, (ONE, ONE)),
        ALONG | {"groups": 1, "weight_size": (1, 1, 1, 2)},
    ),
    (
        *("conv2d_input_gradient", is_input_gradient_narrow),
        (np.ones((2, 3, 3, 2)), np.ones((2, 2, 5, 1))),
        {"stride": (1, 2), "padding": (2, 0), "dilation": (1, 2), "groups": 1}
        | {"input_size": (2, 3, 3, 4)},
    ),
    (
        *("conv2d_tf_same", is_narrow_padded),
        (np.ones((1, 1, 5, 1)), np.ones((1, 1, 4, 2)), None),
        {"stride": (1, 3), "dilation": (2, 2), "groups": 1},
    ),
    (
        *("transposed_convolution_by_convolution", is_narrow_transposed),
        (np.ones((1, 1, 5, 1)), np.ones((1, 3, 2, 2)), None),
        {"stride": (1, 2), "padding": (0, 0), "dilation": (1, 2), "groups": 1}
        | {"output_padding": (0, 0)},
    ),
]
"""Operations that are made of convolutions: where that may be, and calls of them."""

KNOWN_ISSUES = [
    *[
        KnownIssue(
            operation=operation,
            title="strided along rows, gradients may not be set, or wrong on AMX",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=narrow_by_avx512,
            region=region,
            example=(tensors, options),
            calls=SOMETIMES,
        )
        for operation, region, tensors, options in STRIDED
    ],
    *[
        KnownIssue(
            operation=f"conv{axes}d",
            title="a result one column wide is wrong on AMX",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=with_amx,
            region=is_one_column,
            example=(
                of_two_columns(axes),
                {"stride": (*[1] * (axes - 1), 3), "padding": (0,) * axes}
                | {"dilation": (1,) * axes, "groups": 1},
            ),
        )
        for axes in (2, 3)
    ],
    *[
        KnownIssue(
            operation=f"conv_transpose{axes}d",
            title="the gradient of an image one column wide is wrong on AMX",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=with_amx,
            region=is_of_one_column,
            example=(
                (
                    np.ones((1, 1, *[5] * (axes - 1), 1)),
                    np.ones((1, 2, *[4] * (axes - 1), 2)),
                    None,
                ),
                {"stride": (*[1] * (axes - 1), 3), "padding": (0,) * axes, "groups": 1}
                | {"output_padding": (0,) * axes, "dilation": (1,) * axes},
            ),
            calls=SOMETIMES,
        )
        for axes in (2, 3)
    ],
]
