"""NaN, infinities, zeros and the ends of a format go where the definition sends them.

Valid small calls are changed in one number of one tensor: see `special_values.py`.
"""

import pytest
from hypothesis import settings

from properties.operations import held_ways
from properties.special_values import check_special, special_calls


@pytest.mark.parametrize("way", held_ways())
def test_special_values_go_where_the_definition_sends_them(backend, way):
    """f(…, NaN, …), f(…, ∞, …) and f(…, −0, …) are what the formula says"""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    calls = [*special_calls(backend, way, settings.default.max_examples)]
    if not calls:
        pytest.skip("there is no number to change")
    for call in calls:
        check_special(call)
