"""What the definition rejects, a framework rejects too, by an exception of its own.

Valid calls of operations that are its own are changed in one thing or two: an axis, an
index, a number, a word or a count that is wrong, or a tensor that is none. What is
composed of several promises less: whatever it is given, it comes to an end.
"""

import pytest
from hypothesis import settings

from properties.known_issues import REJECTED, known_issue
from properties.operations import TWINS
from properties.own_checks import COMPOSED, OF_TORCH
from properties.rejections import (
    check_outlived,
    check_rejected,
    rejected_calls,
    wrong_calls,
)

SHARE = 10
"""What is divided by this in dtypes but float32: what is rejected hardly depends on
them; and for another way to an operation."""


@pytest.mark.parametrize("way", OF_TORCH)
def test_backend_rejects_what_the_definition_rejects(backend, way):
    """No result, and no crash, where the reference raises ValueError"""
    if backend.framework.name != "torch":
        pytest.skip("which calls a framework has to refuse is listed for torch alone")
    share = SHARE ** ((backend.dtype != "float32") + (way in TWINS))
    count = max(1, settings.default.max_examples // share)
    for call, error in rejected_calls(backend, way, count):
        if not is_known(call):
            check_rejected(call, error)


@pytest.mark.parametrize("way", COMPOSED)
def test_backend_outlives_what_is_wrong(backend, way):
    """A result or an exception: no crash, and no end of time or memory"""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement {way}")
    share = SHARE ** (1 + (backend.dtype != "float32"))
    count = max(1, settings.default.max_examples // share)
    for call in wrong_calls(backend, way, count):
        if not is_known(call):
            check_outlived(call)


def is_known(call):
    """Whether a call is known of a way to an operation, or of the operation itself."""
    names = {call.name, TWINS.get(call.name, call.name)}
    known = call.tensors, call.options
    return any(known_issue(call.backend, name, *known, REJECTED) for name in names)
