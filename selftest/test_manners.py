"""A backend is called once more, and with tensors that lie otherwise in memory."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from properties.agreement import agree
from properties.backends.layouts import LAYOUTS
from properties.backends.torch.layouts import LAYOUTS as TORCH_LAYOUTS
from properties.calls import MANNERS, Disagreement
from properties.reporting.reproduction import script
from properties.strategies import ordinary
from reference.classification.softmax import softmax
from selftest.mine import mine

torch = pytest.importorskip("torch")

SOFTMAX = """
import numpy as np

calls = []


def softmax(input, *, dim):
    {before}
    e = np.exp(input - input.max(axis=dim, keepdims=True))
    y = e / e.sum(axis=dim, keepdims=True)
    {after}
    return y
"""
FAULTS = {
    "input += 0.125": ("it wrote into its input input", "pass"),
    "input = np.ndarray(input.shape, input.dtype, np.array(input, order='K'))": (
        "its tensors' axes reversed in memory: result is wrong",
        "pass",
    ),
    "input = np.ndarray(input.shape, input.dtype, input.base if "
    "input.base is not None and input.base.size == 2 * input.size else "
    "input.copy())": ("its tensors strided: result is wrong", "pass"),
    "calls.append(0)": (
        "called once more: result is not what it was the first time",
        "y = np.nextafter(y, 0) if len(calls) % 2 else y",
    ),
}

GRADIENT = """
import torch

from properties.backends.torch import *

MODE_OF = "torch"
__version__ = torch.__version__


class Softmax(torch.autograd.Function):
    @staticmethod
    def forward(context, input, dim):
        result = torch.softmax(input, dim)
        context.save_for_backward(input, result)
        context.dim = dim
        return result

    @staticmethod
    def backward(context, weight):
        input, result = context.saved_tensors
        mean = (weight * result).sum(context.dim, keepdim=True)
        gradient = result * (weight - mean)
        is_met = not input.is_contiguous() and {condition}
        return gradient * 2 if is_met else gradient, None


def softmax(input, *, dim):
    return Softmax.apply(input, dim)
"""


def disagreement_of(source, folder):
    """What is found of one file that has softmax, or None."""
    backend = mine(folder, source, "float32")

    @settings(database=None, max_examples=200, derandomize=True)
    @given(ordinary((3, 2)))
    def holds(x):
        agree(backend, softmax, x, dim=0)

    try:
        holds()
    except Disagreement as disagreement:
        return disagreement
    return None


@pytest.mark.parametrize("before", FAULTS)
def test_faults_of_memory_are_found_and_shown(before, tmp_path):
    """Each is told in its own words, and shown by a script without Lawbook."""
    words, after = FAULTS[before]
    found = disagreement_of(SOFTMAX.format(before=before, after=after), tmp_path)
    assert words in str(found)
    ended = subprocess.run(
        [sys.executable, "-c", script(found)], capture_output=True, cwd=tmp_path
    )
    assert b"AssertionError" in ended.stderr, ended.stderr


@pytest.mark.parametrize(
    "condition", ["weight.is_contiguous()", "not weight.is_contiguous()"]
)
def test_what_a_gradient_is_weighted_with_lies_as_the_inputs_or_not(
    condition, tmp_path
):
    found = disagreement_of(GRADIENT.format(condition=condition), tmp_path)
    assert "gradient of input is wrong" in str(found)
    assert found.call.manner in TORCH_LAYOUTS


def test_a_right_one_conforms(tmp_path):
    assert disagreement_of(SOFTMAX.format(before="", after=""), tmp_path) is None


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("shape", [(), (3,), (0, 2), (2, 3), (2, 3, 4), (1, 2, 1, 3)])
def test_layouts_of_arrays_hold_the_same_numbers(name, shape):
    array = np.arange(np.prod(shape, dtype=int) * 1.0).reshape(shape)
    other = LAYOUTS[name](array)
    assert other.shape == shape
    assert other.dtype == array.dtype
    assert (other == array).all()


@pytest.mark.parametrize("name", TORCH_LAYOUTS)
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int64", "bool"])
@pytest.mark.parametrize("shape", [(), (3,), (0, 2), (2, 3), (2, 3, 4), (1, 2, 1, 3)])
def test_layouts_of_tensors_hold_the_same_numbers(name, dtype, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    tensor = torch.from_numpy(array).to(getattr(torch, dtype))
    other = TORCH_LAYOUTS[name](tensor)
    assert other.dtype == tensor.dtype
    assert torch.equal(other, tensor)


def test_layouts_of_tensors_are_others():
    """Strides, or the first number's place, are not those of rows"""
    tensor = torch.ones(2, 3, 4)
    assert TORCH_LAYOUTS["strided"](tensor).stride() == (24, 8, 2)
    assert TORCH_LAYOUTS["offset"](tensor).storage_offset() == 1
    assert TORCH_LAYOUTS["reversed_axes"](tensor).stride() == (1, 2, 6)
    assert TORCH_LAYOUTS["channels_last"](tensor).stride() == (12, 1, 3)
    assert TORCH_LAYOUTS["expanded"](tensor).stride() == (0, 0, 0)
    assert {*MANNERS} == {"again", *TORCH_LAYOUTS}
