"""Losses of PyTorch that are not what they are documented to be."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def lacks_an_order(input, target, weight=None, **options):
    """Whether the difference of a score and the target's is NaN."""
    own = np.take_along_axis(input, target[..., None], -1)
    with np.errstate(invalid="ignore"):
        differences = input - own
    np.put_along_axis(differences, target[..., None], 0, -1)
    return bool(np.isnan(differences).any())


KNOWN_ISSUES = [
    KnownIssue(
        operation="multi_margin_loss",
        title="NaN costs nothing: of [1, NaN, 2] against 0 it is 2/3, not NaN",
        link="",
        dtypes=("float64", "float32"),
        region=lacks_an_order,
        example=(
            (np.array([[1.0, np.nan, 2.0]]), np.array([0]), None),
            {"p": 1, "margin": 1.0, "reduction": "none"},
        ),
        constant=("input", "weight"),
    ),
]
