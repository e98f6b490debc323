"""A zero of the other sign is found where the definition says which it has."""

import numpy as np
import pytest

from properties.agreement import agree
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import differentiate
from properties.arithmetic.zeros import FUNCTIONS, MOVES, has_signs
from properties.augmentation import test_geometry
from properties.calls import Disagreement
from properties.drawing import changed_settings
from properties.masks import test_embedding
from properties.operations import operations
from properties.reporting.reproduction import script
from properties.tensors import test_indexing, test_pointwise
from reference.tensors.layout import view
from reference.tensors.pointwise import BINARY, UNARY, elementwise, elementwise2
from selftest.fake import Fake
from selftest.mine import mine
from selftest.test_planted_faults import failure_of

MINE = """
import numpy as np

def horizontal_flip(input):
    return input[..., ::-1]

def embedding(input, weight):
    return weight[input]

def masked_select(input, mask):
    return input[mask]

def elementwise(input, *, function):
    return getattr(np, {"neg": "negative"}.get(function, function))(input)
"""
PLANTED = [
    (test_geometry, "horizontal_flip", "input[..., ::-1]", "0 + input[..., ::-1]"),
    (
        test_embedding,
        "embedding",
        "weight[input]",
        "np.eye(len(weight), dtype=weight.dtype)[input] @ weight",
    ),
    (
        test_indexing,
        "masked_select",
        "input[mask]",
        "input[mask] + 0",
    ),
    (test_pointwise, "elementwise", "(input)\n", "(input) + 0\n"),
]


def disagreement_of(module, operation, source, folder):
    """What 100 examples, those of quick effort, find of a file, or None."""
    backend = mine(folder, source, "float32")
    test = getattr(module, f"test_{operation}_agrees_with_backend")
    fixed = {"max_examples": 100, "derandomize": True, "database": None}
    is_one_way = "way" in test.__code__.co_varnames
    try:
        with changed_settings(test, **fixed):
            test(backend=backend, **({"way": operation} if is_one_way else {}))
    except Disagreement as disagreement:
        return disagreement
    return None


@pytest.mark.parametrize(("module", "operation", "right", "wrong"), PLANTED)
def test_a_lost_sign_is_found_and_shown(module, operation, right, wrong, tmp_path):
    """In as many examples as quick effort has; by a script without Lawbook, too"""
    found = disagreement_of(module, operation, MINE.replace(right, wrong), tmp_path)
    assert "result has the sign of zero wrong at " in str(found)
    assert "\n  0.0 where -0.0 is right\n" in str(found)
    assert "AssertionError" in failure_of(script(found), tmp_path)


@pytest.mark.parametrize(("module", "operation", "right", "wrong"), PLANTED)
def test_a_right_one_conforms(module, operation, right, wrong, tmp_path):
    assert disagreement_of(module, operation, MINE, tmp_path) is None


def test_a_zero_of_the_other_sign_is_told():
    """At the first place; other zeros are as they should be"""

    def fault(results, gradients):
        numbers, dtype = results[0]
        results[0] = numbers + 0, dtype

    zeros = np.array([0.0, 1.0, -0.0, -0.0])
    backend = Fake(fault).knows(view)
    with pytest.raises(Disagreement) as caught:
        agree(backend, view, zeros, shape=(2, 2))
    first, second, *_ = str(caught.value).splitlines()
    place = "result has the sign of zero wrong at 2 of 4 places, first at [1, 0]:"
    assert first == f"view on fake-cpu-float32: {place}"
    assert second == "  0.0 where -0.0 is right"


@pytest.mark.parametrize("function", UNARY)
@pytest.mark.parametrize("number", [0.0, -0.0, np.inf, -np.inf, 1.0])
def test_bounded_and_taped_numbers_have_the_signs_of_zero(function, number):
    """As NumPy's floats have them: IEEE 754-2019, 6.3, and C's Annex F"""
    inputs = np.array([number])
    with np.errstate(all="ignore"):
        right = elementwise(inputs, function=function)[0]
        made = bounded(inputs)
        ((taped,),), _ = differentiate(
            lambda x: elementwise(x, function=function), [made], lambda *_: made
        )
    if right == 0:
        assert repr(taped.value) == repr(float(right))


@pytest.mark.parametrize("function", BINARY)
@pytest.mark.parametrize("left", [0.0, -0.0, 1.5, -1.5])
@pytest.mark.parametrize("right", [0.0, -0.0, 1.5, -1.5])
def test_two_bounded_numbers_have_the_signs_of_zero(function, left, right):
    sides = np.array([left]), np.array([right])
    with np.errstate(all="ignore"):
        expected = elementwise2(*sides, function=function)[0]
        made = elementwise2(*map(bounded, sides), function=function)[0]
    if expected == 0 and has_signs("elementwise2", {"function": function}):
        assert repr(made.value) == repr(float(expected))


def test_the_operations_that_decide_signs_are_there():
    """Nor does a maximum, a sum of several, or a product of matrices"""
    assert {*MOVES, *FUNCTIONS} <= {*operations()}
    assert {*FUNCTIONS["elementwise"]} == {*UNARY}
    assert has_signs("masked_fill_where", {"value": 0.0})
    assert has_signs("elementwise2", {"function": "mul"})
    assert not has_signs("elementwise2", {"function": "maximum"})
    assert not any(has_signs(name, {}) for name in ("relu", "tensor_sum", "matmul"))
