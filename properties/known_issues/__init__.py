"""Faults of frameworks that are known: data, each with its upstream link.

Inputs in the region of a known issue are not given to a backend that has it. Its
pinned example must go on failing (test_known_issues.py): once upstream has mended it,
the run says so.
"""

from itertools import groupby
from operator import attrgetter

from properties.known_issues import (
    attention,
    boxes,
    classification,
    convolution,
    evaluation,
    losses,
    masks,
    normalisation,
    optimisers,
    pooling,
    tensors,
    transformer,
)

KNOWN_ISSUES = [
    *attention.KNOWN_ISSUES,
    *boxes.KNOWN_ISSUES,
    *classification.KNOWN_ISSUES,
    *convolution.KNOWN_ISSUES,
    *evaluation.KNOWN_ISSUES,
    *losses.KNOWN_ISSUES,
    *masks.KNOWN_ISSUES,
    *optimisers.KNOWN_ISSUES,
    *normalisation.KNOWN_ISSUES,
    *pooling.KNOWN_ISSUES,
    *tensors.KNOWN_ISSUES,
    *transformer.KNOWN_ISSUES,
]

BY_OPERATION = {
    operation: [*issues]
    for operation, issues in groupby(
        sorted(KNOWN_ISSUES, key=attrgetter("operation")), attrgetter("operation")
    )
}


def known_issue(backend, operation, tensors, options):
    """The known issue in whose region a call is, or None."""
    for issue in BY_OPERATION.get(operation, ()):
        if issue.concerns(backend, operation) and issue.region(*tensors, **options):
            return issue
    return None
