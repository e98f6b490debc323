"""Along axes of 33, 65, 257 and 1025 numbers operations are what they are along few.

Valid small calls are made long in one axis, or in all of one size: see `long_axes.py`.
"""

import pytest
from hypothesis import settings

from properties.long_axes import long_calls
from properties.operations import held_ways
from properties.special_values import check_special


@pytest.mark.parametrize("way", held_ways())
def test_long_axes_are_as_the_definition_says(backend, way):
    """f of x₁, …, x₂₅₇ has the numbers and the gradients that the formula says"""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    calls = [*long_calls(backend, way, settings.default.max_examples)]
    if not calls:
        pytest.skip("there is no axis to make long")
    for call in calls:
        check_special(call)
