"""Known issues of oneDNN's kernels for 16 bits that depend on the processor."""

import numpy as np

from properties.known_issues.convolution import (
    ONE,
    PAIRED,
    PIXELS,
    SOMETIMES,
    columns_in_padding,
    columns_last_in_padding,
    columns_made,
    columns_read,
    pairs,
    pairs_channels_last,
    pairs_plain,
)
from properties.known_issues.issue import (
    KnownIssue,
    half_by_onednn,
    narrow_by_avx512,
    with_amx,
)


def rows_in_padding(input, weight, *others, groups, **window):
    """Whether the kernel meets only padding in some row or column of the result."""
    axes = range(-1, 1 - input.ndim, -1)
    reads = [columns_read(input, weight, **window, axis=axis) for axis in axes]
    return not all(each.any(axis=1).all() for each in reads)


def is_one_padded_plane(input, weight, *others, padding, **options):
    """Whether a volume of one plane is padded, and a kernel sees several."""
    return input.shape[2] == 1 < weight.shape[2] and min(padding[::2]) > 0


def is_one_plane(input, weight, *others, padding, **options):
    """Whether a volume of one plane is padded, and has an odd number of channels."""
    is_padded = input.shape[2] == 1 < weight.shape[2] and padding[0] > 0
    return is_padded and weight.shape[1] % 2 == 1


def is_not_finite(*tensors, **options):
    """Whether a floating tensor has something that is not finite."""
    return not all(
        np.isfinite(tensor).all()
        for tensor in tensors
        if tensor is not None and tensor.dtype.kind == "f"
    )


def columns_of_gradient_in_padding(
    weight, grad_output, *, input_size, groups, **window
):
    """`columns_in_padding` of a gradient's image, whose size is given."""
    return columns_in_padding(np.empty(input_size), weight, **window)


def columns_met_by_padding(input, grad_output, *, weight_size, groups, **window):
    """`columns_in_padding` of a gradient's kernel, whose size is given."""
    return columns_in_padding(input, np.empty(weight_size), **window)


def columns_cropped(input, weight, *others, groups, **window):
    """Whether all that a transposed convolution makes of some column is cropped away.

    Its gradient is a convolution, of a result one of whose columns sees only padding.
    """
    return not columns_made(input, weight, **window).any(axis=1).all()


def columns_of_row_in_padding(input, column, row, **window):
    """That of a row that comes after a column."""
    return columns_in_padding(input, row, **window)


WIDE = {"stride": (1, 3), "padding": (0, 2), "dilation": (1, 2)}
HIGH = np.ones((1, 1, 2, 1))
APART = {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 2)}
PIXEL, TWO = np.ones(1), np.ones((2, 1, 1, 1))

PADDED = [
    *[
        (
            *(f"conv_transpose{axes}d", columns_cropped),
            (
                np.ones((2, *[1] * axes, 2)),
                np.ones((1,) * (axes + 2)),
                None,
            ),
            {"stride": (*[1] * (axes - 1), 2), "padding": (*[0] * (axes - 1), 1)}
            | {"dilation": (*[1] * (axes - 1), 2), "groups": 1}
            | {"output_padding": (0,) * axes},
        )
        for axes in (1, 2, 3)
    ],
    (
        *("transposed_convolution_by_convolution", columns_cropped),
        (np.ones((1, 1, 2, 2)), ONE, None),
        {"stride": (1, 3), "padding": (0, 2), "dilation": (1, 2), "groups": 1}
        | {"output_padding": (0, 1)},
    ),
    (
        *("conv2d_channels_last", columns_last_in_padding),
        (np.ones((1, 2, 1, 1)), ONE, None),
        APART,
    ),
    ("comp_conv2d", columns_in_padding, (np.ones((2, 1)), ONE[0, 0]), APART),
    (
        *("conv1d", columns_in_padding, (TWO[:, 0], ONE[0], None)),
        {"stride": (2,), "padding": (1,), "dilation": (2,), "groups": 1},
    ),
    (
        *("gated_conv1d", columns_in_padding, (TWO[:, 0], ONE[0], ONE[0], None, None)),
        {"stride": 2, "padding": 1, "dilation": 2},
    ),
    ("depthwise_separable_conv2d", columns_in_padding, (TWO, ONE, ONE, None), APART),
    (
        *("spatially_separable_conv2d", columns_of_row_in_padding),
        (TWO, PIXEL, PIXEL),
        APART,
    ),
    (
        *("conv2d_weight_gradient", columns_met_by_padding),
        (TWO, np.ones((2, 1, 1, 2))),
        APART | {"groups": 1, "weight_size": (1, 1, 1, 1)},
    ),
    ("conv2d", columns_in_padding, (HIGH, ONE, None), WIDE | {"groups": 1}),
    ("depthwise_conv2d", columns_in_padding, (HIGH, ONE, None), WIDE),
    (
        *("conv3d", columns_in_padding, (HIGH[None], ONE[None], None)),
        {"stride": (1, 1, 3), "padding": (0, 0, 2), "dilation": (1, 1, 2), "groups": 1},
    ),
    (
        *("conv2d_input_gradient", columns_of_gradient_in_padding),
        (ONE, np.ones((1, 1, 3, 2))),
        {"stride": (1, 3), "padding": (1, 2), "dilation": (1, 2), "groups": 1}
        | {"input_size": (1, 1, 1, 1)},
    ),
]
"""Convolutions in float16: operation, region, and tensors and options that crash."""

KNOWN_ISSUES = [
    *[
        KnownIssue(
            operation=operation,
            title="segmentation fault in float16 where columns of the result read only "
            "padding",
            link="https://github.com/uxlfoundation/oneDNN/issues/5942",
            dtypes=("float16",),
            machine=half_by_onednn,
            region=region,
            example=(tensors, options),
        )
        for operation, region, tensors, options in PADDED
    ],
    KnownIssue(
        operation="conv3d",
        title="of a volume of one plane, what sees padding is 0",
        link="",
        dtypes=("bfloat16",),
        machine=narrow_by_avx512,
        region=is_one_padded_plane,
        example=(
            (np.ones((1, 1, 1, 1, 1)), np.ones((1, 1, 2, 2, 3)), None),
            {"stride": (1, 1, 1), "padding": (1, 1, 2)}
            | {"dilation": (1, 1, 1), "groups": 1},
        ),
        calls=SOMETIMES,
        manners=("channels_last",),
    ),
    KnownIssue(
        operation="conv3d",
        title="of a volume of one plane, what sees padding is wrong on AMX",
        link="",
        dtypes=("bfloat16",),
        machine=with_amx,
        region=is_one_plane,
        example=(
            (np.ones((1, 3, 1, 8, 2)), np.ones((16, 3, 3, 3, 3)), None),
            {"stride": (3, 1, 1), "padding": (1, 0, 1)}
            | {"dilation": (1, 1, 1), "groups": 1},
        ),
        calls=SOMETIMES,
    ),
    *[
        KnownIssue(
            operation=operation,
            title="NaN of one pixel reaches others, on AMX",
            link="https://github.com/pytorch/pytorch/issues/157237",
            dtypes=("bfloat16",),
            machine=with_amx,
            region=is_not_finite,
            example=(tensors, options),
            calls=SOMETIMES,
        )
        for operation, _, tensors, options in [
            *[
                row
                for row in PAIRED
                if row[1] in (pairs, pairs_plain, pairs_channels_last)
            ],
            ("cross_correlate_channels", None, (PIXELS[0], np.ones((1, 1, 2))), {}),
            ("cross_correlate_filters", None, (PIXELS[0], np.ones((2, 1, 1, 2))), {}),
        ]
    ],
    *[
        KnownIssue(
            operation=f"conv{axes}d",
            title="it crashes on AMX where rows of the result read only padding",
            link="",
            dtypes=("bfloat16",),
            machine=with_amx,
            region=rows_in_padding,
            example=(
                (
                    np.ones((1, 3, *[1] * (axes - 1), 3)),
                    np.ones((16, 3, *[1] * (axes - 2), 4, 2)),
                    None,
                ),
                {"stride": (*[1] * (axes - 2), 3, 1), "dilation": (2,) * axes}
                | {"padding": (*[0] * (axes - 2), 3, 2), "groups": 1},
            ),
            calls=SOMETIMES,
        )
        for axes in (2, 3)
    ],
    KnownIssue(
        operation="mm",
        title="NaN of a row reaches the row before it, on AMX",
        link="https://github.com/uxlfoundation/oneDNN/issues/5717",
        dtypes=("bfloat16",),
        machine=with_amx,
        region=is_not_finite,
        example=(
            (
                np.repeat([1.0, np.nan], [16 * 17, 17]).reshape(17, 17),
                np.ones((17, 16)),
            ),
            {},
        ),
    ),
]
