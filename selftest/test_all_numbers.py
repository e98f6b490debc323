"""Implementations that are wrong of some numbers alone are found."""

import numpy as np
import pytest

from properties.all_numbers import ALL, TOGETHER, all_numbers, number_calls
from properties.arithmetic.precision import FORMATS
from properties.calls import Disagreement
from properties.special_values import check_special
from selftest.mine import mine

PLANTED = {
    "tanh": """
def tanh(input):
    with np.errstate(all="ignore"):
        up, down = np.exp(input), np.exp(-input)
        return (up - down) / (up + down)
""",
    "elu": """
def elu(input, *, alpha):
    with np.errstate(all="ignore"):
        return np.where(input > 0, input, alpha * (np.exp(input) - 1))
""",
    "relu": """
def relu(input):
    return np.where(input < 2.0**-1022, 0.0, input)
""",
    "elementwise2": """
from properties.backends.numpy import elementwise2 as right

def elementwise2(input, other, *, function):
    wrong = (function == "maximum") & (abs(input) > 2.0**1000) & (input == other)
    return np.where(wrong, 0.0, right(input, other, function=function))
""",
}


def hold_to_all_numbers(backend, way, examples):
    for call in number_calls(backend, way, examples):
        check_special(call)


@pytest.mark.parametrize("way", PLANTED)
def test_what_is_wrong_of_some_numbers_is_found(way, tmp_path):
    backend = mine(tmp_path, PLANTED[way])
    with pytest.raises(Disagreement, match=f"{way} on mine-.*result is wrong"):
        hold_to_all_numbers(backend, way, ALL)


@pytest.mark.parametrize("way", ["tanh", "elementwise2", "mse_loss", "clip_grad_value"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_right_of_all_numbers_passes(way, dtype, tmp_path):
    backend = mine(tmp_path, f"from properties.backends.numpy import {way}", dtype)
    hold_to_all_numbers(backend, way, 100)


def test_what_is_not_of_each_number_by_itself_is_left_alone(tmp_path):
    backend = mine(tmp_path, "from properties.backends.numpy import softmax")
    assert not [*number_calls(backend, "softmax", ALL)]


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_all_numbers_of_16_bits_are_all_that_are_finite(dtype):
    numbers = all_numbers(dtype)
    assert len(numbers) == 2**16 - 2 ** FORMATS[dtype].significand_bits
    assert len({*numbers}) == len(numbers) - 1
    assert (np.diff(numbers) >= 0).all()


@pytest.mark.parametrize("dtype", FORMATS)
def test_all_numbers_are_of_the_dtype_and_reach_its_ends(dtype):
    form, numbers = FORMATS[dtype], all_numbers(dtype)
    assert np.array_equal(form.round(numbers), numbers)
    assert -numbers[0] == numbers[-1] == form.largest
    exponents = np.frexp(numbers[numbers >= form.smallest_normal])[1] - 1
    assert {*exponents} == {*range(form.least_exponent, form.greatest_exponent + 1)}
    assert {0, form.smallest_normal} <= {*numbers}


def test_each_number_is_given_once_with_each_option(tmp_path):
    source = "from properties.backends.numpy import gelu"
    backend = mine(tmp_path, source, "float32")
    calls = [*number_calls(backend, "gelu", ALL)]
    for way in ("none", "tanh"):
        firsts = [c.tensors[0] for c in calls if c.options["approximate"] == way]
        given, counts = np.unique(np.concatenate(firsts), return_counts=True)
        assert {*all_numbers("float32")} == {*given}
        assert counts.sum() <= len(given) + TOGETHER
