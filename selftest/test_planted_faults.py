"""A right one-file implementation conforms; with one subtle fault it disagrees."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from properties.backends.backend import Backend, Framework
from properties.calls import Disagreement
from properties.drawing import drawn_for, unshrunk
from properties.operations import agreements, arguments_of
from properties.reporting.reproduction import script

HOMEWORK = Path(__file__).with_name("homework")
FAMILIES = sorted(
    path.stem.removesuffix("_faults") for path in HOMEWORK.glob("*_faults.py")
)


def faults(family):
    """For each operation of a family: names of faults, and what each changes."""
    return importlib.import_module(f"selftest.homework.{family}_faults").FAULTS


RIGHT = [(family, operation) for family in FAMILIES for operation in faults(family)]
PLANTED = [
    pytest.param(family, operation, change, id=f"{operation}: {name}")
    for family, operation in RIGHT
    for name, change in faults(family)[operation].items()
]


EXAMPLES = 100
"""A run at quick effort in each dtype that the homework has, without shrinking; it is
the same each time."""


def disagreement_of(path, operation):
    """Run the properties of one operation; the first disagreement, or None."""
    framework = Framework(str(path), in_process=True)
    framework.check()
    for dtype in framework.offer["dtypes"]["cpu"]:
        for test in agreements(operation):
            backend = Backend(framework, "cpu", dtype)
            try:
                for arguments in arguments_of(test, operation):
                    settled = unshrunk(test, EXAMPLES, derandomize=True)
                    with settled, drawn_for(test, f"{backend!r}"):
                        test(backend=backend, **arguments)
            except Disagreement as disagreement:
                return disagreement
    return None


@pytest.mark.parametrize(("family", "operation"), RIGHT)
def test_right_homework_conforms(family, operation):
    """An independent, right implementation raises no alarm."""
    assert disagreement_of(HOMEWORK / f"{family}.py", operation) is None


@pytest.mark.parametrize(("family", "operation", "change"), PLANTED)
def test_planted_fault_disagrees(family, operation, change, tmp_path):
    """One fault in it is found, and the message says where."""
    before, after = change
    source = (HOMEWORK / f"{family}.py").read_text()
    assert source.count(before) == 1, f"{before!r} is not in the homework once"
    faulty = tmp_path / "faulty.py"
    faulty.write_text(source.replace(before, after))
    disagreement = disagreement_of(faulty, operation)
    message = str(disagreement)
    assert message.startswith(f"{operation} on faulty-cpu-float"), message
    told = (" at [", "shape", "dtype", "raised", "it wrote into its")
    assert any(word in message for word in told), message
    assert "Error" in failure_of(script(disagreement), tmp_path)


def failure_of(text, folder):
    """What a script that ought to fail writes, in an interpreter of its own."""
    file = folder / "reproduction.py"
    file.write_text(text)
    command = [sys.executable, "-I", "-W", "ignore", str(file)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode == 1, text
    return run.stderr
