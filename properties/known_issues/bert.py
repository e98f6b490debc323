"""Known issues of BERT's parts."""

import numpy as np

from properties.known_issues.classification import has_no_log_probs
from properties.known_issues.issue import KnownIssue


def fills_up_with_none(input, target, mask, **options):
    """Whether logits that are no guess have no log-probabilities."""
    return bool((has_no_log_probs(input, -1) & ~mask).any())


KNOWN_ISSUES = [
    KnownIssue(
        operation="mlm_loss",
        title="the gradient by logits of NaN that are left out is NaN, not 0",
        link="https://github.com/pytorch/pytorch/issues/11551",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=fills_up_with_none,
        example=(
            (
                np.array([[[0.0, 0.0], [np.nan, 0.0]]]),
                np.array([[0, 0]]),
                np.array([[True, False]]),
            ),
            {"eps": 0.0},
        ),
    ),
]
