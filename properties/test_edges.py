"""Where an axis is empty, or of one number, a framework has the definition's result."""

import pytest
from hypothesis import settings

from properties.edges import edge_calls
from properties.own_checks import OF_TORCH
from properties.special_values import check_special

SHARE = {"float32": 5}
"""One call for so many examples of a property; for 25 in other dtypes."""


@pytest.mark.parametrize("way", OF_TORCH)
def test_edges_are_what_the_definition_says(backend, way):
    """f of no numbers, and of one, has the shape, the numbers and the gradients"""
    if backend.framework.name != "torch":
        pytest.skip("which sizes a framework refuses is listed for torch alone")
    count = settings.default.max_examples // SHARE.get(backend.dtype, 25)
    for call in edge_calls(backend, way, max(1, count)):
        check_special(call)
