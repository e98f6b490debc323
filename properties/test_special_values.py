"""NaN, infinities, zeros and the ends of a format go where the definition sends them.

Valid small calls are changed in one number of one tensor: see `special_values.py`.
"""

import pytest
from hypothesis import settings

from properties.operations import agreements, operations, ways
from properties.special_values import check_special, special_calls

HELD = [
    way for name in sorted(operations()) if any(agreements(name)) for way in ways(name)
]
"""What is held to agree with a backend."""

CALLS = 50
"""One valid call for so many examples of a property."""

CHANGES = {"float32": 8, "float64": 2, "float16": 2, "bfloat16": 2}
"""In how many ways each is changed: of the dtype it hardly depends where they go."""


@pytest.mark.parametrize("way", HELD)
def test_special_values_go_where_the_definition_sends_them(backend, way):
    """f(…, NaN, …), f(…, ∞, …) and f(…, −0, …) are what the formula says"""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    examples = max(1, settings.default.max_examples // CALLS)
    calls = [*special_calls(backend, way, examples, CHANGES[backend.dtype])]
    if not calls:
        pytest.skip("there is no number to change")
    for call in calls:
        check_special(call)
