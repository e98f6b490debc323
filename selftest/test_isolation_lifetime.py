"""Workers begin as forks of a server, and end with their parent or before."""

import importlib
import os
import signal
import subprocess
import sys
import time

import pytest

from properties.backends.isolation import Isolated

pytest.importorskip("resource", reason="Windows lacks a server to fork from")


@pytest.fixture
def worker():
    isolated = Isolated(importlib.import_module, "selftest.isolated")
    yield isolated
    isolated.close()


def test_closing_ends_the_worker(worker):
    first = worker.call("process")
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def in_path(*directories):
    """The environment, in which a script finds what this one does."""
    path = os.pathsep.join([*directories, *map(os.path.abspath, sys.path)])
    return {**os.environ, "PYTHONPATH": path}


def run(script, *directories):
    """Run a script in another interpreter until its output is closed."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env=in_path(*directories),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )


@pytest.mark.parametrize("then", ["", "w.submit('sleep', 60)"])
def test_a_worker_outlives_its_parent_only_briefly(then):
    """Else `run` would time out: the worker holds the script's output open."""
    script = f"""
import os
from importlib import import_module
from properties.backends.isolation import Isolated
w = Isolated(import_module, "selftest.isolated", time_limit=0.5)
print(w.call("double", 21), flush=True)
{then}
os._exit(0)"""
    assert run(script).stdout == "42\n"


def test_a_worker_is_not_late_because_the_machine_stood_still():
    script = """
from importlib import import_module
from properties.backends.isolation import Isolated
w = Isolated(import_module, "selftest.isolated", time_limit=1.0)
print(w.call("double", 21), flush=True)
print(w.call("sleep", 0.5))"""
    command = [sys.executable, "-c", script]
    kept = {"stdout": subprocess.PIPE, "env": in_path(), "start_new_session": True}
    with subprocess.Popen(command, **kept, text=True) as group:
        assert group.stdout.readline() == "42\n"
        os.killpg(group.pid, signal.SIGSTOP)
        time.sleep(2)
        os.killpg(group.pid, signal.SIGCONT)
        assert group.stdout.readline() == "awake\n"


def test_workers_are_forked_from_a_server_that_imported_what_they_need():
    """In a run of its own: this one's server has started already, for the backends."""
    script = """
import os
from importlib import import_module
from properties.backends.isolation import Isolated
w = Isolated(import_module, "selftest.isolated", preload=["selftest.isolated"])
print(w.call("imported_by") in (os.getpid(), w.call("process")))"""
    assert run(script).stdout == "False\n"


def test_what_is_to_be_preloaded_too_late_is_imported_by_the_worker(worker):
    worker.call("process")
    late = Isolated(importlib.import_module, "fractions", preload=["fractions"])
    assert late.call("Fraction", "0.5") == 0.5
    late.close()


def test_workers_do_not_import_the_main_module(worker):
    assert worker.call("main_module") == "__main__"


def test_workers_leave_no_core_dumps(worker):
    assert worker.call("core_limit") in (0, 1)


def test_a_preloaded_module_that_fails_costs_only_time(tmp_path):
    (tmp_path / "broken.py").write_text("raise RuntimeError('no such driver')")
    script = """
from properties.backends.isolation import Isolated
print(Isolated(__import__, "os", preload=["broken"]).call("getcwd"))"""
    done = run(script, str(tmp_path))
    assert done.stdout.strip() == os.getcwd()
    assert "no such driver" in done.stderr
