"""Faults of frameworks that are known: data, each with its upstream link.

Inputs in the region of a known issue are not given to a backend that has it. Its
pinned example must go on failing (test_known_issues.py): once upstream has mended it,
the run says so.
"""

from itertools import groupby
from operator import attrgetter

from properties.known_issues import (
    attention,
    autocast,
    bert,
    boxes,
    classification,
    compiled,
    compiled_checks,
    compiled_edges,
    compiled_fusion,
    compiled_layouts,
    compiled_memory,
    compiled_threads,
    convolution,
    documented,
    empty_axes,
    evaluation,
    leniency,
    lenient_sequences,
    losses,
    mapped,
    masks,
    memory_layouts,
    narrow_images,
    normalisation,
    optimisers,
    parallel,
    pooling,
    processors,
    rejected_options,
    rejected_sequences,
    rejections,
    seq2seq,
    tensors,
    transformer,
)
from properties.known_issues.issue import REJECTED as REJECTED

KNOWN_ISSUES = [
    *attention.KNOWN_ISSUES,
    *autocast.KNOWN_ISSUES,
    *bert.KNOWN_ISSUES,
    *boxes.KNOWN_ISSUES,
    *classification.KNOWN_ISSUES,
    *compiled.KNOWN_ISSUES,
    *compiled_checks.KNOWN_ISSUES,
    *compiled_edges.KNOWN_ISSUES,
    *compiled_layouts.KNOWN_ISSUES,
    *compiled_memory.KNOWN_ISSUES,
    *compiled_fusion.KNOWN_ISSUES,
    *compiled_threads.KNOWN_ISSUES,
    *convolution.KNOWN_ISSUES,
    *empty_axes.KNOWN_ISSUES,
    *evaluation.KNOWN_ISSUES,
    *losses.KNOWN_ISSUES,
    *mapped.KNOWN_ISSUES,
    *masks.KNOWN_ISSUES,
    *memory_layouts.KNOWN_ISSUES,
    *narrow_images.KNOWN_ISSUES,
    *optimisers.KNOWN_ISSUES,
    *parallel.KNOWN_ISSUES,
    *pooling.KNOWN_ISSUES,
    *processors.KNOWN_ISSUES,
    *rejected_options.FAULTS,
    *rejected_sequences.FAULTS,
    *rejections.FAULTS,
    *seq2seq.KNOWN_ISSUES,
    *tensors.KNOWN_ISSUES,
    *transformer.KNOWN_ISSUES,
]

DOCUMENTED = [
    *classification.DOCUMENTED,
    *documented.DOCUMENTED,
    *normalisation.DOCUMENTED,
    *optimisers.DOCUMENTED,
    *pooling.DOCUMENTED,
    *leniency.LENIENT,
    *lenient_sequences.LENIENT,
]
"""Where a framework says that it does otherwise than the definition: no fault."""

BY_OPERATION = {
    operation: [*issues]
    for operation, issues in groupby(
        sorted([*KNOWN_ISSUES, *DOCUMENTED], key=attrgetter("operation")),
        attrgetter("operation"),
    )
}


def known_issue(backend, operation, tensors, options, manner=""):
    """The known issue in whose region a call in some manner is, or None."""
    for issue in BY_OPERATION.get(operation, ()):
        if (
            issue.concerns(backend, operation)
            and (manner in issue.manners or not (issue.manners or manner == REJECTED))
            and issue.region(*tensors, **options)
        ):
            return issue
    return None
