"""Rows of large arrays: made alike on both sides, and what is wrong in one is found."""

import subprocess
import sys
from contextlib import nullcontext

import numpy as np
import pytest

from properties.agreement import agree_on_rows
from properties.backends.backend import Backend, Framework
from properties.backends.large import Rows
from properties.calls import Disagreement
from properties.reporting.reproduction import script
from reference.classification.softmax import softmax
from selftest.mine import mine
from selftest.test_planted_faults import failure_of

SOFTMAX = """
import numpy as np


def softmax(input, *, dim):
    e = np.exp(input - input.max(axis=dim, keepdims=True))
    y = e / e.sum(axis=dim, keepdims=True)
    {fault}
    return y
"""
ROWS = (0, 7, 4000, 8191)


def disagreement_of(fault, folder, dtype="float32"):
    backend = mine(folder, SOFTMAX.format(fault=fault), dtype)
    try:
        agree_on_rows(backend, softmax, Rows((8192, 5), seed=3), rows=ROWS, dim=-1)
    except Disagreement as disagreement:
        return disagreement
    assert backend.ledger.elements == 4 * 5
    return None


@pytest.mark.parametrize("below", [0, 4])
@pytest.mark.parametrize("shape", [(9, 2, 3), (2000,), (600, 5)])
def test_rows_are_those_of_the_whole_array(shape, below):
    rows = Rows(shape, below=below, seed=11)
    some = [0, 3, shape[0] - 1]
    assert (rows.made("float16")[some] == rows.at(some, "float16")).all()
    assert len(rows) == shape[0]


def test_a_right_one_conforms(tmp_path):
    assert disagreement_of("", tmp_path) is None


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ("y[7] = y[6]", 7),
        ("y[4096:] = 0", 8191),
        ("y[-1, -1] = np.nan", 8191),
        ("y = y[:-1]", None),
    ],
)
def test_a_fault_in_one_row_is_found_and_shown(fault, place, tmp_path):
    """The finding's place is in the whole array, and the script makes all of it."""
    found = disagreement_of(fault, tmp_path)
    assert found.finding.place is None or found.finding.place[0] == place
    assert "rows [0, 7, 4000, 8191] of arrays of shapes (8192, 5)" in str(found)
    ended = subprocess.run(
        [sys.executable, "-c", script(found)], capture_output=True, cwd=tmp_path
    )
    assert b"Error" in ended.stderr, script(found)


def test_a_gradient_in_a_row_that_has_none_is_found():
    """A backend whose gradient is of all rows"""
    torch = pytest.importorskip("torch")
    framework = Framework("torch", in_process=True)
    backend = Backend(framework, "cpu", "float32")
    rows = Rows((64, 5), seed=3)
    agree_on_rows(backend, softmax, rows, rows=(0, 63), dim=-1)
    whole = framework.worker._object.module
    right = whole.gradient
    whole.gradient = lambda *call: [g + torch.ones_like(g) for g in right(*call)]
    try:
        with pytest.raises(Disagreement, match="not zero in rows that have none"):
            agree_on_rows(backend, softmax, rows, rows=(0, 63), dim=-1)
    finally:
        whole.gradient = right
    assert np.isfinite(rows.made("float32")).all()


TORCH = """
import torch
from properties.backends.torch import tiled, to_numpy, to_tensor
from properties.backends.torch import gradient as right


def softmax(input, *, dim):
    y = torch.softmax(input, dim)
    return torch.cat([y[:{cut}], y[{cut}:].detach()])


def gradient(*call):
    found = right(*call)
    {fault}
    return found
"""


@pytest.mark.parametrize("fault", ["", "found[0][8191] *= 2", "found[0][5] += 1"])
def test_a_fault_in_a_row_of_a_gradient_is_found(fault, tmp_path):
    """Of a framework that makes the rows itself"""
    pytest.importorskip("torch")
    source = TORCH.format(fault=fault or "pass", cut=8192)
    backend = mine(tmp_path, source, "float32")
    rows = Rows((8192, 5), seed=3)
    with nullcontext() if not fault else pytest.raises(Disagreement, match="gradient"):
        agree_on_rows(backend, softmax, rows, rows=ROWS, dim=-1)


def lacking_a_gradient(arithmetic, folder):
    """The script of a softmax whose last row has no gradient."""
    pytest.importorskip("torch")
    source = TORCH.format(fault="pass", cut=8191)
    backend = mine(folder, f"ARITHMETIC = {arithmetic!r}\n{source}", "float32")
    with pytest.raises(Disagreement, match="gradient of input") as caught:
        agree_on_rows(backend, softmax, Rows((8192, 5), seed=3), rows=ROWS, dim=-1)
    return script(caught.value)


def test_a_script_shows_a_gradient_that_a_row_lacks(tmp_path):
    shown = failure_of(lacking_a_gradient("torch", tmp_path), tmp_path)
    assert "assert abs(actual - right) <= allowed" in shown


def test_a_script_says_that_it_cannot_differentiate(tmp_path):
    """Tensors of which it is not known whose they are"""
    assert "this script cannot differentiate" in lacking_a_gradient("numpy", tmp_path)
