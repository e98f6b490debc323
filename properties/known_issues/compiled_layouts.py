"""Known issues of torch.compile with tensors that are not row after row in memory."""

import math

import numpy as np

from properties.known_issues.compiled import compiled_issue, greatest

COLUMNS = ("reversed_axes", "channels_last")
"""Manners in which rows are not side by side: of one image, channels last is another
axis than of images."""

UNROLLED = 25
"""How many pixels of a window Inductor goes through one by one, at most."""


def goes_through_several_axes(input, *, dim, keepdim):
    return dim is None and sum(n > 1 for n in input.shape) > 1


def has_wide_windows(input, *others, kernel_size, **options):
    return math.prod(kernel_size) > UNROLLED


def has_wide_bins(input, *, output_size, return_indices):
    sizes = zip(input.shape[-len(output_size) :], output_size)
    return math.prod(math.ceil(n / (bins or n)) for n, bins in sizes) > UNROLLED


def has_bins_of_one_size(input, *, output_size, return_indices):
    sizes = zip(input.shape[-len(output_size) :], output_size)
    return all(n % bins == 0 for n, bins in sizes if bins)


def one_at(shape, place):
    """Zeros of a shape, and a one."""
    x = np.zeros(shape)
    x[..., *place] = 1
    return x


def fractional(axes, **others):
    window = {"output_size": (1,) * axes, "output_ratio": None, "return_indices": True}
    return window | others


WIDE = [
    (
        "max_pool2d",
        has_wide_windows,
        ((one_at((1, 1, 6, 6), (0, 1)),), greatest(2, kernel_size=(6, 6))),
        {},
    ),
    (
        "max_pool3d",
        has_wide_windows,
        ((one_at((1, 1, 3, 3, 3), (0, 0, 1)),), greatest(3, kernel_size=(3, 3, 3))),
        {},
    ),
    (
        "adaptive_max_pool2d",
        has_wide_bins,
        (
            (one_at((1, 1, 6, 12), (0, 1)),),
            {"output_size": (1, 2), "return_indices": True},
        ),
        {},
    ),
    (
        "adaptive_max_pool3d",
        has_wide_bins,
        (
            (one_at((1, 1, 3, 3, 6), (0, 0, 1)),),
            {"output_size": (1, 1, 2), "return_indices": True},
        ),
        {},
    ),
    (
        "fractional_max_pool2d",
        has_wide_windows,
        (
            (one_at((1, 1, 6, 6), (0, 1)), np.full((1, 1, 2), 0.5)),
            fractional(2, kernel_size=(6, 6)),
        ),
        {"constant": ("samples",)},
    ),
    (
        "fractional_max_pool3d",
        has_wide_windows,
        (
            (one_at((1, 1, 4, 4, 4), (1, 1, 2)), np.full((1, 1, 3), 0.5)),
            fractional(3, kernel_size=(3, 3, 3)),
        ),
        {"constant": ("samples",)},
    ),
]
"""Operations, where a window or a bin is wide, an example, and what has no gradient."""

KNOWN_ISSUES = [
    compiled_issue(
        "argmax_computed",
        "it is the place in memory, not in the tensor, of several axes",
        "https://github.com/pytorch/pytorch/issues/197739",
        goes_through_several_axes,
        ((one_at((2, 2), (0, 1)),), {"dim": None, "keepdim": False}),
        constant=("input",),
        manners=COLUMNS,
    ),
    *[
        compiled_issue(
            operation,
            "the index in a window of more than 25 pixels is that of the window "
            "transposed",
            "https://github.com/pytorch/pytorch/pull/197596",
            region,
            example,
            manners=COLUMNS,
            **others,
        )
        for operation, region, example, others in WIDE
    ],
    *[
        compiled_issue(
            way,
            "the gradient of bins of one size goes to other pixels",
            "https://github.com/pytorch/pytorch/issues/197888",
            has_bins_of_one_size,
            (
                (np.array([[0.0, 1, 2, 3], [1.0, 0, 3, 2]]).reshape(1, 2, 1, 1, 4),),
                {"output_size": (1, 1, 2), "return_indices": True},
            ),
            manners=manners,
        )
        for way, manners in [
            ("adaptive_max_pool3d", ("channels_last",)),
            ("adaptive_max_pool3d_channels_last", ()),
        ]
    ],
]
