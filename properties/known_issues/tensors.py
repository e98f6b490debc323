"""Known issues of PyTorch's products, and of functions of each number."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from properties.operations import ways


def is_empty_and_broadcasts(input, mat, vec, **options):
    """Whether the matrix has no elements, and the input broadcasts."""
    return mat.size == 0 and input.shape != mat.shape[:1]


def has_no_product(input, *factors, alpha, **options):
    """Whether a product that is not finite is multiplied by 0."""
    return alpha == 0 and not all(np.isfinite(factor).all() for factor in factors)


def is_expm1_of_negative_numbers(input, function):
    """Whether eˣ has to be told from (eˣ − 1) + 1."""
    return function == "expm1" and np.isfinite(input).all() and (input < -0.25).any()


def has_a_long_step(*tensors, start, step, end=0, stop=0, **options):
    """Whether what is added to round a size up is beyond 64 bits."""
    return abs(step) >= 2**62 or abs(end - start) + abs(step) >= 2**63


LONG = {"dim": 0, "start": 0, "stop": 5, "step": 2**63 - 1}

KNOWN_ISSUES = [
    KnownIssue(
        operation="arange",
        title="with a step near 2⁶³ it is empty, or raises",
        link="",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=has_a_long_step,
        example=((), {"start": 0, "end": 10, "step": 2**63 - 1}),
    ),
    *[
        KnownIssue(
            operation=operation,
            title="with a step near 2⁶³ it is empty, or raises",
            link="",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=has_a_long_step,
            example=(tensors, LONG),
        )
        for operation, tensors in [
            ("slice_along", (np.ones(5),)),
            ("slice_scatter", (np.ones(5), np.zeros(1))),
            ("slice_scatter_view", (np.ones(5), np.zeros(1))),
        ]
    ],
    KnownIssue(
        operation="addmv",
        title="with a matrix of no elements, the result is of the input's shape",
        link="https://github.com/pytorch/pytorch/pull/143707",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=is_empty_and_broadcasts,
        example=(
            (np.ones(1), np.ones((3, 0)), np.ones(0)),
            {"beta": 1, "alpha": 1},
        ),
    ),
    *[
        KnownIssue(
            operation=way,
            title="expm1's gradient is (result + 1), which cancels: 0 at −40",
            link="https://github.com/pytorch/pytorch/issues/192406",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=is_expm1_of_negative_numbers,
            example=((np.full(1, -9.0),), {"function": "expm1"}),
        )
        for way in ways("elementwise")
    ],
    *[
        KnownIssue(
            operation=operation,
            title="alpha 0 drops a product that is not finite, in some kernels",
            link="https://github.com/pytorch/pytorch/pull/196600",
            dtypes=("float64", "float32"),
            region=has_no_product,
            example=(tensors, {"beta": 1, "alpha": 0}),
        )
        for operation, tensors in {
            "addmv": (np.ones(2), np.full((2, 2), np.nan), np.ones(2)),
            "addmm": (np.ones((2, 2)), np.full((2, 2), np.nan), np.ones((2, 2))),
            "baddbmm": (
                np.ones((2, 33, 33)),
                np.full((2, 33, 33), np.nan),
                np.ones((2, 33, 33)),
            ),
        }.items()
    ],
]
