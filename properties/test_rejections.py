"""What the definition rejects, a framework rejects too, by an exception of its own.

Of the operations that are the framework's own, valid calls are changed in one thing:
an axis more or less, longer or shorter; an index, a number or a word that is none.
"""

import pytest
from hypothesis import settings

from properties.known_issues import REJECTED, known_issue
from properties.rejections import OF_TORCH, check_rejected, rejected_calls

CALLS = 20
"""One valid call, changed in some twenty ways, for so many examples of a property; a
fifth of that in dtypes but float32, of which what is rejected hardly depends."""


@pytest.mark.parametrize("way", OF_TORCH)
def test_backend_rejects_what_the_definition_rejects(backend, way):
    """No result, and no crash, where the reference raises ValueError"""
    if backend.framework.name != "torch":
        pytest.skip("which calls a framework has to refuse is listed for torch alone")
    share = 1 if backend.dtype == "float32" else 5
    examples = max(1, settings.default.max_examples // CALLS // share)
    for call, error in rejected_calls(backend, way, examples):
        known = call.backend, way, call.tensors, call.options
        if not known_issue(*known, REJECTED):
            check_rejected(call, error)
