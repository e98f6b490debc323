"""Losses of sequences by PyTorch that are not what they are documented to be."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def ignores_without_a_softmax(input, target, valid_lens, **options):
    """Whether logits that do not count have no softmax: NaN, ∞, or all of them −∞."""
    past = np.arange(target.shape[1]) >= valid_lens[:, None]
    return not np.isfinite(input[past].max(axis=-1, initial=-np.inf)).all()


KNOWN_ISSUES = [
    KnownIssue(
        operation="masked_cross_entropy",
        title="the gradient by logits whose target is ignored is NaN, not 0",
        link="https://github.com/pytorch/pytorch/issues/11551",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=ignores_without_a_softmax,
        example=(
            (np.array([[[np.nan]]]), np.array([[0]]), np.array([0])),
            {"reduction": "sum"},
        ),
    ),
]
