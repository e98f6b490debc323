"""A campaign: backends that are right, held to every operation with fresh seeds."""

import random
import time

import pytest
from hypothesis import Phase
from hypothesis.errors import Unsatisfiable

from properties.backends.adapter import UnusableBackend
from properties.backends.backend import Backend, Framework
from properties.calls import Disagreement
from properties.drawing import seeded, unshrunk
from properties.operations import arguments_of, operations, ways
from properties.rejections import small_agreements
from properties.reporting.ledger import Ledger
from properties.reporting.reproduction import script

REORDERED = tuple(
    f"selftest.soak.{order}" for order in ("backwards", "pairwise", "blocked", "fused")
)
BACKENDS = ("torch", "numpy", *REORDERED)
"""Backends that are right; but for the known issues of torch, whose regions are left
out."""

EXAMPLES = 100
"""Examples of a property from one seed; with 20, a quarter of the time is lost."""

TIME_LIMIT = 300.0
"""Seconds that a call may take: a campaign may run where all else goes first."""


def backends(names, dtypes):
    """The backends of the names, each with each dtype that it has and that is asked.

    Raises:
        UnusableBackend: there is none.
    """
    frameworks = [Framework(name, time_limit=TIME_LIMIT) for name in names or BACKENDS]
    found = [
        Backend(framework, device, dtype)
        for framework in frameworks
        for device, offered in framework.offer["dtypes"].items()
        for dtype in offered
        if dtype in (dtypes or offered)
    ]
    if not found:
        raise UnusableBackend(f"no backend has {', '.join(dtypes)}")
    return found


def runs(backends, chosen, seconds, first_seed, once=False):
    """Hold backends to operations in a random order, again and again.

    Args:
        chosen: names of operations; all if there are none.
        seconds: after so many, no run is begun any more.
        first_seed: determines the seeds; with `once`, it is that of each run, and there
            is one run of each kind.

    Yields:
        For each run, (backend, operation, ledger, alarm): what was met, and None or
        the alarm that was raised, a dictionary.
    """
    end = time.monotonic() + seconds
    seeds = random.Random(first_seed)
    names = [*(chosen or operations())]
    while True:
        seeds.shuffle(names)
        for operation in names:
            for run in runs_of(operation, backends):
                if time.monotonic() > end:
                    return
                number = first_seed if once else seeds.getrandbits(32)
                yield held(operation, *run, number)
        if once:
            return


def runs_of(operation, backends):
    """Each (backend, property, arguments) that holds a backend to an operation."""
    for backend in backends:
        for way in filter(backend.implements, ways(operation)):
            for test in small_agreements(operation):
                for given in arguments_of(test, way):
                    if given.get("way", operation) == way:
                        yield backend, test, given


def held(operation, backend, test, given, number):
    """Run a property from one seed; once more, to shrink it, if it raises an alarm."""
    ledger, failure = outcome(backend, test, given, number, [Phase.generate])
    name = ledger.operation or operation
    if failure is None:
        return backend, name, ledger, None
    phases = [Phase.generate, Phase.shrink]
    _, smallest = outcome(backend, test, given, number, phases)
    told = alarm(operation, backend, test, number, smallest or failure)
    return backend, name, ledger, told


def outcome(backend, test, given, number, phases):
    """What a property met, and the exception that it ended with, if any.

    An example that is rejected, or that nothing implements, is no failure.
    """
    ledger = backend.ledger = Ledger()
    try:
        with unshrunk(test, EXAMPLES, phases=phases), seeded(test, number):
            test(backend=backend, **given)
    except (Unsatisfiable, pytest.skip.Exception):
        pass
    except Exception as failure:
        return ledger, failure
    return ledger, None


def alarm(operation, backend, test, number, failure):
    """What is told of an alarm: where it was, how to see it again, and its script."""
    return {
        "backend": backend.framework.name,
        "dtype": backend.dtype,
        "operation": operation,
        "property": test.__name__,
        "seed": number,
        "message": f"{type(failure).__name__}: {failure}",
        "again": (
            f"tox run -e soak -- --backend {backend.framework.name} "
            f"--dtype {backend.dtype} --operation {operation} --seed {number}"
        ),
        "script": script_of(failure),
    }


def script_of(failure):
    """The script of a disagreement; "" for one of gradients that the tape made."""
    if not isinstance(failure, Disagreement):
        return ""
    backend = failure.call.backend
    by_tape = backend.has_gradient and backend.arithmetic != "torch"
    return "" if by_tape else script(failure)
