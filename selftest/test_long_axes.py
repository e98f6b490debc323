"""Implementations that are wrong along long axes are found."""

import numpy as np
import pytest

from properties.calls import Disagreement
from properties.long_axes import SIZES, lengthened, long_calls, stretched
from properties.special_values import check_special
from selftest.mine import mine

PLANTED = {
    "result is wrong": """
def softmax(input, *, dim):
    powers = np.exp(input - input.max(dim, keepdims=True))
    block = powers.swapaxes(0, dim)[:256].swapaxes(0, dim)
    return powers / block.sum(dim, keepdims=True)
""",
    "wrong at 1 of": """
def relu(input):
    y = np.maximum(input, 0)
    if y.ndim and y.shape[-1] % 32 == 1 and y.size > 1:
        y.flat[-1] += 1
    return y
""",
    "raised ValueError": """
def one_hot(input, *, num_classes):
    if input.size > 1024:
        raise ValueError("a grid has 1024 threads")
    return np.eye(num_classes, dtype=np.int64)[input]
""",
}


def hold_to_long_axes(backend, way):
    for call in long_calls(backend, way, 4_000):
        check_special(call)


@pytest.mark.parametrize("told", PLANTED)
def test_what_is_wrong_along_long_axes_is_found(told, tmp_path):
    backend = mine(tmp_path, PLANTED[told])
    (way,) = backend.framework.offer["operations"]
    with pytest.raises(Disagreement, match=f"{way} on mine-.*{told}"):
        hold_to_long_axes(backend, way)


@pytest.mark.parametrize("size", SIZES)
def test_numbers_of_a_long_axis_are_between_those_that_were(size):
    tensor = np.array([[0.25, 0.75], [0.5, 0.5]])
    longer = stretched(tensor, 1, size)
    assert longer.shape == (2, size)
    assert np.array_equal(longer[:, :2], tensor)
    assert 0.25 == longer.min() <= longer.max() == 0.75


def test_the_only_number_of_an_axis_goes_on_with_others():
    longer = stretched(np.array([[3.0], [-1.0]]), 1, 33)
    assert len({*longer[0]}) > 5
    assert 1.5 <= longer[0].min() <= longer[0].max() == 3
    assert -1 == longer[1].min() <= longer[1].max() <= -0.5


def test_rows_that_add_up_to_one_do_so_along_a_longer_axis():
    tensor = np.array([[0.25, 0.75], [0.5, 0.5]])
    assert np.array_equal(stretched(tensor, 0, 33).sum(axis=1), np.ones(33))


def test_infinities_of_a_long_axis_are_not_nan():
    longer = stretched(np.array([np.inf, -np.inf, 1.0]), 0, 65)
    assert not np.isnan(longer).any()


def test_indices_of_a_long_axis_are_some_of_those_that_were():
    longer = stretched(np.array([3, 5, 9]), 0, 257)
    assert {*longer.tolist()} == {3, 5, 9}


def test_axes_of_one_size_are_long_together():
    inputs = {"input": np.ones((2, 3)), "target": np.ones(2), "weight": None}
    longer = lengthened(inputs, [("input", 0), ("target", 0)], 65)
    assert longer["input"].shape == (65, 3)
    assert longer["target"].shape == (65,)
    assert longer["weight"] is None


def test_what_is_right_along_long_axes_passes(tmp_path):
    backend = mine(tmp_path, "from properties.backends.numpy import mse_loss")
    calls = [*long_calls(backend, "mse_loss", 400)]
    assert {*SIZES} & {n for call in calls for n in call.tensors[0].shape}
    for call in calls:
        check_special(call)
