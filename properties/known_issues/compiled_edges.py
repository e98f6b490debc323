"""Known issues of torch.compile: what it takes that is refused eagerly, and others."""

import os
from dataclasses import replace

import numpy as np

from properties.backends.program import PROGRAM, Step
from properties.known_issues.compiled import compiled_issue, has_several_nan
from properties.known_issues.issue import REJECTED
from properties.operations import ways

NAN = np.nan


def has_two_cores():
    return (os.cpu_count() or 1) > 1


def are_given(*tensors):
    return not any(tensor is None for tensor in tensors)


def broadcasts_to(shape, wide):
    """Whether numbers of a shape, repeated, have another one: not the same at once."""
    try:
        return shape != wide and np.broadcast_shapes(shape, wide) == wide
    except ValueError:
        return False


def is_wider_than_the_product(input, *factors, **options):
    """Whether it is the product that would have to be repeated, not the input."""
    if not are_given(input, *factors):
        return False
    first, second = factors
    return broadcasts_to(first.shape[:1] + second.shape[1:], input.shape)


def is_smaller_than_the_slice(input, src, *, dim, start, stop, step):
    """Whether src would have to be repeated to be as large as the slice."""
    if not are_given(input, src) or step < 1 or not -input.ndim <= dim < input.ndim:
        return False
    shape = [*input.shape]
    shape[dim] = len(range(shape[dim])[start:stop:step])
    return broadcasts_to(src.shape, tuple(shape))


def is_no_probability(input, target, *others, **options):
    """Whether a number is below 0, above 1, or NaN."""
    if not are_given(input, target):
        return False
    return any(((t < 0) | (t > 1) | np.isnan(t)).any() for t in (input, target))


def multiplies_by_the_integer_zero(input, *, negative_slope):
    is_zero = isinstance(negative_slope, int) and negative_slope == 0
    return is_zero and (np.isnan(input) | np.isneginf(input)).any()


def has_both_truths(input, **options):
    return input.dtype == bool and input.any() and not input.all()


def has_several_axes(x, *others, **options):
    return x.ndim > 1


def reduces_and_puts_together(*inputs, steps):
    """Whether axes change places, then one is reduced, then two values make one."""
    wanted = [
        ("transpose", "permute"),
        ("tensor_sum", "tensor_mean", "amax", "amin"),
        ("elementwise2", "elementwise2_operator", "elementwise2_inplace"),
    ]
    for step in steps:
        if wanted and step.operation in wanted[0]:
            wanted = wanted[1:]
    return not wanted


ALL_BUT_ITS_SUM = (
    Step("transpose", (0,), {"dim0": 0, "dim1": 1}),
    Step("elementwise", (2,), {"function": "tanh"}),
    Step("elementwise2", (3, 1), {"function": "add"}),
    Step("tensor_sum", (4,), {"dim": -1, "keepdim": True}),
    Step("elementwise2", (4, 5), {"function": "sub"}),
)

ADDED_BY_THREADS = {
    "recentered_layer": (
        (np.ones((2, 2)), np.ones((2, 2, 3, 3)), np.zeros((2, 2))),
        {},
    ),
    "fold": (
        (np.ones((2, 6, 12)),),
        {"output_size": (1, 4), "kernel_size": (1, 3), "stride": (2, 1)}
        | {"padding": (2, 2), "dilation": (2, 2)},
    ),
    "roi_align": (
        (np.ones((1, 65, 1, 2)), np.array([[0.0, 0.0, 0.0, 8.0, 4.0]])),
        {"output_size": (1, 3), "spatial_scale": 0.25}
        | {"sampling_ratio": 2, "aligned": True},
    ),
}
"""Operations where several numbers are added to one pixel, and calls of them."""

KNOWN_ISSUES = [
    compiled_issue(
        PROGRAM,
        "what is reduced and used again is that of another row, where a matrix was "
        "transposed",
        "https://github.com/pytorch/pytorch/issues/185702",
        reduces_and_puts_together,
        (
            (np.zeros((8, 2)), np.arange(16.0).reshape(2, 8)),
            {"steps": ALL_BUT_ITS_SUM},
        ),
    ),
    *[
        replace(
            compiled_issue(
                operation,
                "numbers are added to other pixels, and behind the last, by threads",
                "https://github.com/pytorch/pytorch/pull/191861",
                has_several_axes,
                example,
                manners=("reversed_axes",),
                calls=2,
            ),
            machine=has_two_cores,
        )
        for operation, example in ADDED_BY_THREADS.items()
    ],
    compiled_issue(
        "min_along",
        "the place of the least truth is that of the greatest",
        "https://github.com/pytorch/pytorch/issues/184893",
        has_both_truths,
        ((np.array([True, False]),), {"dim": 0, "keepdim": False}),
    ),
    *[
        compiled_issue(
            way,
            "a slope that is the integer 0 makes NaN and −∞ 0",
            "https://github.com/pytorch/pytorch/pull/187580",
            multiplies_by_the_integer_zero,
            ((np.array([NAN]),), {"negative_slope": 0}),
        )
        for way in ways("leaky_relu")
    ],
    *[
        compiled_issue(
            f"fractional_max_pool{axes}d",
            "of several NaN the index is of the first: eagerly, of the last",
            "",
            has_several_nan,
            (
                (np.full((1, 1, *[3] * axes), NAN), np.full((1, 1, axes), 0.5)),
                {"kernel_size": (2,) * axes, "output_size": (1,) * axes}
                | {"output_ratio": None, "return_indices": True},
            ),
            constant=("samples",),
        )
        for axes in (2, 3)
    ],
]

WIDE = {
    "addmm": ((3, 1), (1, 2), (2, 1)),
    "addmm_transposed": ((3, 1), (1, 2), (2, 1)),
    "addmv": ((3,), (1, 2), (2,)),
}
"""Shapes of an input and of the factors of a product that it is wider than."""

KNOWN_ISSUES += [
    *[
        compiled_issue(
            way,
            "an input that is wider than the product is taken",
            "https://github.com/pytorch/pytorch/issues/195579",
            is_wider_than_the_product,
            (tuple(map(np.ones, shapes)), {"beta": 1.0, "alpha": 1.0}),
            manners=(REJECTED,),
        )
        for way, shapes in WIDE.items()
    ],
    compiled_issue(
        "binary_cross_entropy",
        "probabilities below 0, above 1 and NaN are taken",
        "https://github.com/pytorch/pytorch/issues/193757",
        is_no_probability,
        ((np.array([0.5]), np.array([1.5]), None), {"reduction": "mean"}),
        manners=(REJECTED,),
    ),
    compiled_issue(
        "slice_scatter",
        "a src that is smaller than the slice is repeated",
        "https://github.com/pytorch/pytorch/pull/183652",
        is_smaller_than_the_slice,
        (
            (np.zeros((3, 1)), np.ones((1, 1))),
            {"dim": 0, "start": 0, "stop": 2, "step": 1},
        ),
        manners=(REJECTED,),
    ),
]
