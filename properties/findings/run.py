"""Run the script of each finding, and say how it ended.

    python properties/findings/run.py [name …]

A line for each: its name, how it ended ("ends" where the fault is not there, or the
name of an exception or a signal) and what the exception said, between tabs. Nothing but
torch is needed: any release that has a wheel for this Python will do.
"""

import contextlib
import ctypes
import os
import runpy
import signal
import sys
import warnings
from pathlib import Path

import torch
import torch._dynamo  # which the first optimiser imports: it takes seconds

SCRIPTS = Path(__file__).with_name("scripts")
LIMIT = 120
"""Seconds for a script, after which it is ended by SIGALRM."""


def outcome(path):
    """How a script ends, and what it says: it runs in a fork, and may well crash.

    torch was imported, but has not computed anything in this process: it is as new.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, sys.stderr.fileno())
        signal.alarm(LIMIT)
        fill_what_is_allocated()
        os._exit(run(path))
    os.close(write)
    with os.fdopen(read, errors="replace") as pipe:
        said = pipe.read().strip().splitlines()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status < 0:
        return signal.Signals(-status).name, ""
    kind, _, message = (said or [""])[-1].partition(":")
    return (kind, message.strip()) if status else ("ends", "")


def fill_what_is_allocated():
    """Have glibc's malloc fill what it hands out: what was not set shows each time."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(-6, 0x80)  # M_PERTURB, to the byte 0x7F


def prepare_to_compile():
    """Load what torch.compile does, and find what the processor has: it takes seconds.

    What a release lacks, or a machine without a compiler, each script says for itself.
    """
    with contextlib.suppress(Exception):
        from torch._inductor import compile_fx, cpu_vec_isa  # noqa: F401

        cpu_vec_isa.valid_vec_isa_list()


def run(path):
    """Run a script in this process; the status to exit with."""
    warnings.simplefilter("ignore")
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        return end.code
    except BaseException as problem:
        first = (str(problem).splitlines() or [""])[0]
        print(f"{type(problem).__name__}: {first}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    print("torch", torch.__version__, sep="\t", flush=True)
    scripts = sorted(SCRIPTS.glob("*.py"))
    chosen = [s for s in scripts if s.stem in (sys.argv[1:] or [s.stem])]
    if any(script.stem.startswith("compile_") for script in chosen):
        prepare_to_compile()
    for script in chosen:
        print(script.stem, *outcome(script), sep="\t", flush=True)
