"""What a backend does otherwise than return numbers is told in its own words."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure

from properties.agreement import agree
from properties.calls import Disagreement
from properties.reporting.collection import disagreement_of
from properties.reporting.reproduction import script
from reference.classification.softmax import softmax
from reference.tensors.reductions import max_along
from selftest.fake import Fake, put
from selftest.mine import mine
from selftest.test_options import ROOT
from selftest.test_planted_faults import failure_of

SOFTMAX = """
import numpy as np


class Other:
    pass


def softmax(input, *, dim):
    e = np.exp(input - input.max(axis=dim, keepdims=True))
    y = e / e.sum(axis=dim, keepdims=True)
    return {returned}
"""
RETURNED = {
    "y.tolist()": "it returned a list, not a numpy.ndarray",
    "None": "it returned None, not a numpy.ndarray",
    "float(y.max())": "it returned a float, not a numpy.ndarray",
    "'0.5'": "it returned a str, not a numpy.ndarray",
    "{'y': y}": "it returned a dict, not a numpy.ndarray",
    "(n for n in y)": "it returned a generator, not a numpy.ndarray",
    "Other()": "it returned a mine.Other, not a numpy.ndarray",
    "Ellipsis": "it returned an ellipsis, not a numpy.ndarray",
    "__import__('torch').tensor(y)": "it returned a torch.Tensor, not a numpy.ndarray",
    "__import__('fractions').Fraction(1, 2)": "it returned a fractions.Fraction, not",
    "(y, y.tolist())": "it returned a list as its result 1, not a numpy.ndarray",
    "(y, y)": "there is a result 1, which the definition does not have",
    "()": "there is no result",
    "y.astype(complex)": "result has dtype complex128, not float32",
    "y.astype(object)": "result has dtype object, not float32",
    "y.astype(int)": "result has dtype int64, not float32",
    "y > 0": "result has dtype bool, not float32",
    "y.astype(str)": "result has dtype <U32, not float32",
    "np.float32(0.5)": r"result has shape (), not (1, 2)",
    "7": r"result has shape (), not (1, 2)",
}


def found_in(source, folder):
    backend = mine(folder, source, "float32")
    with pytest.raises(Disagreement) as caught:
        agree(backend, softmax, np.array([[0.5, -1.0]]), dim=1)
    return caught.value


@pytest.mark.parametrize("returned", RETURNED)
def test_another_type_is_told_and_shown(returned, tmp_path):
    """In the first line of the message; by a script without Lawbook, too"""
    found = found_in(SOFTMAX.format(returned=returned), tmp_path)
    first = str(found).splitlines()[0]
    assert first.startswith(f"softmax on mine-cpu-float32: {RETURNED[returned]}")
    assert "Error" in failure_of(script(found), tmp_path)


TORCH = """
import numpy as np
from properties.backends.torch import to_numpy, to_tensor

def softmax(input, *, dim):
    return {returned}

def max_along(input, *, dim, keepdim):
    return input.max(dim).values, 3
"""


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("input.softmax(dim).numpy()", "a numpy.ndarray, not a torch.Tensor"),
        ("[input.softmax(dim)]", "a list, not a torch.Tensor"),
        ("None", "None, not a torch.Tensor"),
        ("input.sum().item()", "a float, not a torch.Tensor"),
    ],
)
def test_a_framework_returns_its_own_tensors(returned, words, tmp_path):
    pytest.importorskip("torch")
    found = found_in(TORCH.format(returned=returned), tmp_path)
    assert f": it returned {words}" in str(found)


def test_the_second_of_two_results_is_told(tmp_path):
    pytest.importorskip("torch")
    backend = mine(tmp_path, TORCH.format(returned="None"), "float32")
    with pytest.raises(Disagreement, match="returned an int as its result 1, not a to"):
        agree(backend, max_along, np.ones((1, 2)), dim=1, keepdim=False)


def test_what_comes_and_goes_is_told():
    """Hypothesis calls it flaky; its words then are not those of the disagreement"""
    backend = Fake().knows(softmax)

    @settings(database=None)
    @given(st.none())
    def holds(_):
        backend.fault = put(3.0) if not backend.ledger.disagreed else put(0.5)
        agree(backend, softmax, np.zeros((1, 2)), dim=1)

    with pytest.raises(FlakyFailure) as caught:
        holds()
    told = str(disagreement_of(caught.value)).splitlines()[0]
    words = "it does not do the same each time: result is wrong at 1 of 2 places"
    assert told.startswith(f"softmax on fake-cpu-float32: {words}")


def test_what_comes_and_goes_otherwise_is_left_alone():
    other = FlakyFailure("flaky", [ValueError("another")])
    with pytest.raises(FlakyFailure, match="flaky"):
        disagreement_of(other)


@given(bits=st.binary(min_size=16, max_size=16), wide=st.booleans())
@example(bits=4 * bytes.fromhex("0000a07f"), wide=False)
@example(bits=2 * bytes.fromhex("ffffffffffffefff"), wide=True)
def test_whatever_bits_are_returned_are_told_as_numbers(bits, wide):
    """Of memory that was not set; a NaN that signals, of the first example, is one"""
    dtype = "float64" if wide else "float32"
    backend = Fake(lambda y, slopes: y.__setitem__(0, (returned, dtype)), dtype=dtype)
    returned = np.frombuffer(bits, dtype)
    x = np.full(len(returned), 1.7e308 if wide else 3e38)
    with pytest.raises(Disagreement, match=f"result is wrong at . of {len(x)} places"):
        agree(backend.knows(np.negative), np.negative, x)


# --- a run as a user has it

FAULTS = """
import os
import numpy as np

def horizontal_flip(input):
    os.abort()

def relu(input):
    grown = []
    while True:
        grown.append(np.empty(2**24))

def sigmoid(input):
    return (1 / (1 + np.exp(-input))).tolist()

def tanh(input):
    return np.tanh(input)[None]

def elu(input, *, alpha):
    return np.where(input > 0, input, np.expm1(input)).astype(np.float16)

def cat(*tensors, dim):
    tensors[0][...] = 0
    return np.concatenate(tensors, dim)
"""
WORDS = {
    "horizontal_flip": ("crashed: SIGABRT (aborted)", "crashed"),
    "relu": ("it ran out of memory: ", "disagrees"),
    "sigmoid": ("it returned a list, not a numpy.ndarray", "disagrees"),
    "tanh": ("result has shape ", "disagrees"),
    "elu": ("result has dtype float16, not float32", "disagrees"),
    "cat": ("it wrote into its input tensors[0]", "disagrees"),
}
PLACES = [
    f"properties/{place}.py"
    for place in (
        *("augmentation/test_geometry", "tensors/test_joining"),
        *("activations/test_logistic", "activations/test_rectifiers"),
        "activations/test_exponential_linear",
    )
]


def test_a_run_tells_each_fault_by_its_own_words_and_finishes(tmp_path):
    """For each operation a line of the summary, and a row of the table"""
    path = tmp_path / "mine.py"
    path.write_text(FAULTS)
    selected = " or ".join(f"test_{name}_agrees_with_backend" for name in WORDS)
    command = [sys.executable, "-m", "pytest", *PLACES, "-k", selected]
    command += [f"--backend={path}", "--dtype=float32", "--memory-limit=1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    rows = [line.split() for line in run.stdout.splitlines() if " mine-cpu " in line]
    assert {row[0]: row[-1] for row in rows} == {n: w[1] for n, w in WORDS.items()}
    for name, (words, _) in WORDS.items():
        assert f"{name} on mine-cpu-float32: {words}" in run.stdout
