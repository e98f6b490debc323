"""What the definition rejects, a framework rejects too, by an exception of its own.

Valid calls of operations that are its own are changed in one thing or two: an axis, an
index, a number, a word or a count that is wrong, or a tensor that is none.
"""

import pytest
from hypothesis import settings

from properties.known_issues import REJECTED, known_issue
from properties.rejections import OF_TORCH, check_rejected, rejected_calls

SHARE = 10
"""What is divided by this in dtypes but float32: what is rejected hardly depends on
them."""


@pytest.mark.parametrize("way", OF_TORCH)
def test_backend_rejects_what_the_definition_rejects(backend, way):
    """No result, and no crash, where the reference raises ValueError"""
    if backend.framework.name != "torch":
        pytest.skip("which calls a framework has to refuse is listed for torch alone")
    share = 1 if backend.dtype == "float32" else SHARE
    count = settings.default.max_examples // share
    for call, error in rejected_calls(backend, way, count):
        known = call.backend, way, call.tensors, call.options
        if not known_issue(*known, REJECTED):
            check_rejected(call, error)
