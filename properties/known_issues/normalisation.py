"""Where normalizations overflow on the way: torch says that results may, too."""

import numpy as np

from properties.arithmetic.precision import FORMATS
from properties.known_issues.issue import KnownIssue


def overflows(dtype):
    """Make a region: where slope · x, and slope · mean, are beyond the dtype.

    torch computes slope · x + (bias − slope · mean), slope = weight / √(var + eps).
    """

    def region(x, mean, var, weight=None, bias=None, *, training=False, eps=1e-5):
        if weight is None or not x.size:
            return False
        per_channel = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
        with np.errstate(all="ignore"):
            if training:
                mean, var = per_channel.mean(axis=0), per_channel.var(axis=0)
            largest = np.maximum(abs(per_channel).max(axis=0), abs(mean))
            steps = abs(weight) / np.sqrt(var + eps) * np.maximum(largest, 1)
        return bool((steps > FORMATS[dtype].largest).any())

    return region


def at_its_mean(weight):
    """A number that is its running mean, 300, and a steep weight: 0 is right."""
    mean = np.full(1, 300.0)
    return (mean[None], mean, np.ones(1), np.full(1, weight)), {"training": False}


DOCUMENTED = [
    KnownIssue(
        operation="batch_norm",
        title="a steep slope times x and times the mean is −∞, though they cancel",
        link="https://docs.pytorch.org/docs/2.13/notes/numerical_accuracy.html",
        dtypes=(dtype,),
        region=overflows(dtype),
        example=at_its_mean(weight),
        constant=("input", "running_mean", "running_var", "weight"),
    )
    for dtype, weight in [
        ("float64", 2.0**1017),
        ("float32", 2.0**121),
        ("bfloat16", 2.0**121),
    ]
]
