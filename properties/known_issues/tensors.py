"""Known issues of PyTorch's products and distances."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def is_empty_and_broadcasts(input, mat, vec, **options):
    """Whether the matrix has no elements, and the input broadcasts."""
    return mat.size == 0 and input.shape != mat.shape[:1]


KNOWN_ISSUES = [
    KnownIssue(
        operation="addmv",
        title="with a matrix of no elements, the result is of the input's shape",
        link="https://github.com/pytorch/pytorch/pull/143707",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
        region=is_empty_and_broadcasts,
        example=(
            (np.ones(1), np.ones((3, 0)), np.ones(0)),
            {"beta": 1, "alpha": 1},
        ),
    ),
]
