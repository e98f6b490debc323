"""pytest-xdist's workers elsewhere: in another folder, spoken to over a socket."""

import re
import shutil
import socket
import subprocess
import sys

import pytest

from selftest.test_options import ROOT

pytest.importorskip("xdist")

ONLY_THERE = """
def test_only_there():
    pass
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of the project, in which one file has another test."""
    for part in ("properties", "reference"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for part in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / part, tmp_path / part)
    (tmp_path / "properties/tensors/test_joining.py").write_text(ONLY_THERE)
    return tmp_path


@pytest.fixture
def address(elsewhere):
    """Where execnet's server listens, as it would on another machine."""
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "execnet.script.socketserver"]
    process = subprocess.Popen(
        [*command, f"localhost:{port}"],
        cwd=elsewhere,
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    while "Entering Accept loop" not in process.stdout.readline():
        assert process.poll() is None
    yield f"socket=localhost:{port}//chdir={elsewhere}"
    process.kill()
    process.communicate()


def remote(address, *options):
    """Run pytest with a worker there; a file with one module's tests is chosen."""
    command = [sys.executable, "-m", "pytest", "-d", "--tx", address]
    command += ["-o", "testpaths=properties/tensors/test_joining.py", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_a_worker_elsewhere_runs_what_is_there(address):
    """ci/README.md: the tests are those of its folder, the table is made here"""
    run = remote(address, "--backend=reference", "--in-process", "-v")
    assert run.returncode == 0, run.stdout
    assert re.search("PASSED.*::test_only_there", run.stdout)


def test_a_path_is_no_argument_of_a_run_elsewhere(address):
    """xdist looks for each that is there among folders to copy, and does not copy"""
    run = remote(address, "--backend", "reference")
    assert run.returncode != 0
    assert "arg reference not relative to an rsync root" in run.stdout + run.stderr
