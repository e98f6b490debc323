"""Known issues of torch.compile where what is an input is written to."""

import numpy as np

from properties.known_issues.compiled import compiled_issue


def has_numbers(input, *others, **options):
    return input.size > 0


def fills_a_vector(target, *, bos):
    """Whether tokens are read that a vector before has moved."""
    return target.size > 8


SOME = {"dim": 0, "start": 0, "stop": 1, "step": 1}

KNOWN_ISSUES = [
    compiled_issue(
        "slice_scatter_overwritten",
        "what the input is overwritten with, after, is the result",
        "https://github.com/pytorch/pytorch/issues/198094",
        has_numbers,
        ((np.ones(3), np.full(1, 5.0)), SOME),
    ),
    compiled_issue(
        "slice_along_copied",
        "a slice that is copied into a tensor is what it is overwritten with after",
        "https://github.com/pytorch/pytorch/issues/198131",
        has_numbers,
        ((np.ones(2),), SOME),
        constant=("input",),
    ),
    compiled_issue(
        "shift_right_inplace",
        "what is moved within a tensor is read where it was written",
        "https://github.com/pytorch/pytorch/issues/197829",
        fills_a_vector,
        ((np.arange(20)[None],), {"bos": 0}),
    ),
]
