"""Operations that take each number by itself are right of all: of 16 bits, each one.

With fewer than a thousand examples of a property a share is given: `all_numbers.py`.
"""

import pytest
from hypothesis import settings

from properties.all_numbers import NUMBER_BY_NUMBER, number_calls
from properties.operations import ways
from properties.special_values import check_special

WAYS = [way for name in NUMBER_BY_NUMBER for way in ways(name)]


@pytest.mark.parametrize("way", WAYS)
def test_all_numbers_are_as_the_definition_says(backend, way):
    """f(x) and f′(x) for all 63,488 x of float16"""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    for call in number_calls(backend, way, settings.default.max_examples):
        check_special(call)
