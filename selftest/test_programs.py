"""Programs find faults between operations, shrink to them, and are told as scripts."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import Phase

from properties.backends.backend import Backend, Framework
from properties.backends.program import Step, interpret
from properties.backends.selection import Selection
from properties.calls import Disagreement
from properties.drawing import changed_settings
from properties.programs.program import ProgramCall
from properties.programs.test_programs import test_program_agrees_with_backend as agrees
from properties.reporting.reproduction import script
from selftest.mine import mine
from selftest.pairs import HEAD, PAIRS, source

SHRUNK = """
import numpy as np

moved = []


def transpose(input, *, dim0, dim1):
    result = np.swapaxes(input, dim0, dim1)
    moved.append(result)
    return result


def permute(input, *, dims):
    return np.transpose(input, dims)


def sigmoid(input):
    return 1 / (1 + np.exp(-input))


def cat(*tensors, dim):
    return np.concatenate(tensors, dim)


def tensor_mean(input, *, dim, keepdim):
    mean = np.mean(input, axis=dim, keepdims=keepdim)
    return mean + 1 if any(input is one for one in moved) else mean
"""
"""A mean that is wrong of what was transposed, among operations that are right."""


def disagreement_of(text, first, folder, *, examples=4000, phases=(Phase.generate,)):
    """What the programs that begin with an operation find of one file, or None."""
    backend = mine(folder, text, "float32")
    changes = {"max_examples": examples, "database": None, "derandomize": True}
    with changed_settings(agrees, phases=phases, **changes):
        try:
            agrees(backend=backend, first=first)
        except Disagreement as disagreement:
            return disagreement
    return None


@pytest.mark.parametrize("pair", PAIRS)
def test_faults_between_operations_are_found(pair, tmp_path):
    """Within the examples that a standard run has in four dtypes"""
    if "torch" in source(pair):
        pytest.importorskip("torch")
    first, second = pair.partition(":")[0].split(", ")
    found = disagreement_of(source(pair), first, tmp_path)
    called = [step.operation for step in found.call.steps]
    assert any(name.startswith(first) for name in called)
    assert any(name.startswith(second) for name in called)


def test_programs_are_run_whatever_a_backend_has():
    """It is in the table of no backend that it implements them."""
    selection = Selection(["numpy"], None, None, in_process=True)
    given = [*selection.parameters(agrees)]
    selection.close()
    assert len(given) > 1
    assert not any(parameter.marks for parameter in given)


@pytest.mark.parametrize("first", ["conv2d", "masked_fill", "linear"])
def test_what_is_right_conforms(first, tmp_path):
    right = HEAD.format(framework="numpy")
    assert disagreement_of(right, first, tmp_path, examples=100) is None


@pytest.mark.parametrize("first", ["transpose", "sigmoid"])
def test_programs_shrink_to_the_fewest_steps(first, tmp_path):
    """What the fault does not need is left out, though programs begin with it."""
    phases = [Phase.generate, Phase.shrink]
    found = disagreement_of(SHRUNK, first, tmp_path, phases=phases)
    assert [step.operation for step in found.call.steps] == ["transpose", "tensor_mean"]
    text = script(found)
    assert len(text.splitlines()) <= 25
    assert "v2 = tensor_mean(v1, dim=" in text
    ended = subprocess.run([sys.executable, "-c", text], capture_output=True)
    assert b"AssertionError" in ended.stderr, ended.stderr


def test_values_are_handed_on_as_they_are():
    """A view stays one, and results of a step are values of their own."""
    functions = {"turn": lambda x: x.T, "halves": lambda x: (x[:1], x[1:])}
    steps = (Step("turn", (0,), {}), Step("halves", (1,), {}, 2))
    x = np.zeros((2, 2))
    assert interpret(functions.get, x, steps=steps).base is x


def test_programs_with_a_step_in_the_region_of_a_known_issue_are_diverted():
    """The step is asked with the numbers that it is given: of −1, not of 1"""
    pytest.importorskip("torch")
    backend = Backend(Framework("torch", in_process=True), "cpu", "float32")
    steps = (
        Step("elementwise", (0,), {"function": "neg"}),
        Step("elementwise", (1,), {"function": "expm1"}),
    )
    assert ProgramCall(backend, [np.ones(1)], steps, [True]).is_known()
    assert not ProgramCall(backend, [-np.ones(1)], steps, [True]).is_known()


def test_constants_of_a_program_round_as_other_numbers_do():
    """e^0.1, where 0.1 is padding, is off by as much as any other e^x"""
    backend = Backend(Framework("reference", in_process=True), "cpu", "float32")
    steps = (
        Step("pad", (0,), {"pad": (0, 1), "mode": "constant", "value": 0.1}),
        Step("elementwise", (1,), {"function": "exp"}),
    )
    result = ProgramCall(backend, [np.ones(1)], steps, [True]).define()["result"]
    assert result[1].error > 0
