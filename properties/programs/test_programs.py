"""Programs of a few operations agree with the backends: what goes wrong between them.

The definition of a program is the composition of its operations' references; its
bound, and its gradient, go through the whole of it.
"""

import numpy as np
import pytest
from hypothesis import given

from properties.programs.drafts import ways_to
from properties.programs.program import agree_on_program
from properties.programs.strategies import offered, recipes
from properties.programs.vocabulary import OPERATIONS


@pytest.mark.parametrize("first", OPERATIONS)
@given(recipes())
def test_program_agrees_with_backend(backend, first, recipe):
    """A program is as close to its definition as the backend's precision promises."""
    functions = offered(backend)
    if not ways_to(first, functions):
        pytest.skip(f"{backend.framework.label} does not implement {first}")
    with np.errstate(all="ignore"):
        program = recipe.program(first, functions)
    agree_on_program(backend, *program)
