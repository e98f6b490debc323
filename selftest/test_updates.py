"""What is changed in place in a program is changed in all that share its memory."""

import numpy as np
import pytest

from properties.agreement import assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import promise
from properties.arithmetic.taped import differentiate
from properties.backends.adapter import numpy_array
from properties.backends.program import Step
from properties.programs.memory import VIEWS, Memory
from properties.programs.program import program
from properties.programs.updates import FUNCTIONS, OF_TWO, update
from selftest.pairs import HEAD
from selftest.test_programs import disagreement_of

X = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])
ROW = np.array([7.0, 8.0, 9.0])


def step(operation, *operands, **options):
    return Step(operation, operands, options)


def changed(function, *operands, no_grad=False):
    return step("update", *operands, function=function, no_grad=no_grad)


OF_BOTH = (
    step("elementwise2", 0, 0, function="add"),
    step("transpose", 2, dim0=0, dim1=1),
    step("select", 3, dim=1, index=1),
)
"""Of X and ROW: v2 = X + X, v3 its transpose, v4 the second row, through v3."""


def test_a_base_shows_what_is_changed_in_a_view_of_a_view():
    steps = (*OF_BOTH, changed("copy_", 4, 1), step("slice_along", 2, **ALL))
    assert_equal(program(X, ROW, steps=steps), np.stack([2 * X[0], ROW]))


ALL = {"dim": 0, "start": 0, "stop": 2, "step": 1}


def test_a_view_shows_what_is_changed_in_its_base():
    steps = (*OF_BOTH, changed("neg_", 2), step("cat", 4, 4, dim=0))
    assert_equal(program(X, ROW, steps=steps), np.tile(-2 * X[1], 2))


def test_what_was_computed_before_a_change_stays():
    steps = (*OF_BOTH, step("elementwise", 4, function="neg"), changed("zero_", 2))
    memory = Memory([X, ROW])
    for each in steps:
        memory.run(lambda name: NAMED[name], each)
    assert_equal(memory.values[5], -2 * X[1])
    assert_equal(memory.values[4], np.zeros(3))


NAMED = {
    "elementwise2": lambda input, other, function: input + other,
    "elementwise": lambda input, function: -input,
    "transpose": lambda input, dim0, dim1: input.T.copy(),
    "select": lambda input, dim, index: input[:, index].copy(),
    "update": update,
}
"""Some that give copies: what shares memory is said by VIEWS alone."""


def gradients(*steps):
    """Of the sum of what becomes of X + X, by X and ROW: bounded numbers."""
    total = step("tensor_sum", 2, dim=None, keepdim=False)
    _, found = differentiate(
        lambda *inputs: program(*inputs, steps=(*OF_BOTH, *steps, total)),
        [bounded(X, FLOAT32), bounded(ROW, FLOAT32)],
        lambda index, shape: bounded(np.ones(shape), FLOAT32),
    )
    return found


FLOAT32 = promise("torch", "cpu", "float32")


def test_gradients_go_back_through_a_change():
    """Σ 2 X[0] + Σ 2 X[1] · ROW"""
    of_x, of_row = gradients(changed("mul_", 4, 1))
    assert_equal(of_x, np.stack([np.full(3, 2.0), 2 * ROW]))
    assert_equal(of_row, 2 * X[1])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_gradients_do_not_see_what_is_changed_without_them(function):
    other = [1] if function in (*OF_TWO, "copy_") else []
    of_x, of_row = gradients(changed(function, 4, *other, no_grad=True))
    assert_equal(of_x, np.full((2, 3), 2.0))
    assert not of_row.any()


def tensor_of(array, backend):
    make = getattr(backend, "to_tensor", numpy_array)
    return make(array.copy(), "cpu", "float64")


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_backends_change_as_is_defined(library, function):
    backend = pytest.importorskip(f"properties.backends.{library}")
    given = [X, ROW] if function in (*OF_TWO, "copy_") else [X]
    tensors = [tensor_of(array, backend) for array in given]
    result = backend.update(*tensors, function=function, no_grad=True)
    assert result is tensors[0]
    expected = update(*given, function=function, no_grad=True)
    assert_equal(np.asarray(result), expected)


@pytest.mark.parametrize("operation", sorted(VIEWS))
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_views_are_views(library, operation):
    backend = pytest.importorskip(f"properties.backends.{library}")
    options = {
        "select": {"dim": 0, "index": 1},
        "slice_along": ALL,
        "transpose": {"dim0": 0, "dim1": 1},
        "permute": {"dims": (1, 0)},
    }[operation]
    base = tensor_of(X, backend)
    view = getattr(backend, operation)(base, **options)
    backend.update(view, function="zero_", no_grad=False)
    assert (np.asarray(base) == 0).sum() == np.asarray(view).size


def test_torch_goes_back_through_what_programs_change(tmp_path):
    """No program changes what torch keeps for a gradient: it would be refused."""
    pytest.importorskip("torch")
    right = HEAD.format(framework="torch")
    assert disagreement_of(right, "update", tmp_path, examples=500) is None
