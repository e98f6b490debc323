"""Faults of frameworks that are known: data, each with its upstream link.

Inputs in the region of a known issue are not given to a backend that has it. Its
pinned example must go on failing (test_known_issues.py): once upstream has mended it,
the run says so.
"""

from properties.known_issues import (
    attention,
    boxes,
    classification,
    convolution,
    evaluation,
    masks,
    normalisation,
    pooling,
    transformer,
)

KNOWN_ISSUES = [
    *attention.KNOWN_ISSUES,
    *boxes.KNOWN_ISSUES,
    *classification.KNOWN_ISSUES,
    *convolution.KNOWN_ISSUES,
    *evaluation.KNOWN_ISSUES,
    *masks.KNOWN_ISSUES,
    *normalisation.KNOWN_ISSUES,
    *pooling.KNOWN_ISSUES,
    *transformer.KNOWN_ISSUES,
]


def known_issue(backend, operation, tensors, options):
    """The known issue in whose region a call is, or None."""
    for issue in KNOWN_ISSUES:
        if issue.concerns(backend, operation) and issue.region(*tensors, **options):
            return issue
    return None
