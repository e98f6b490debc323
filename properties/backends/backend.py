"""The suite's side of a backend: a worker, and what it is tested with."""

import os
from functools import cached_property
from pathlib import Path

from properties.backends.adapter import UnusableBackend
from properties.backends.isolation import InProcess, Isolated, Raised, WorkerDied
from properties.backends.program import PROGRAM, UPDATE
from properties.backends.rows_adapter import RowsAdapter
from properties.operations import TWINS, operations, signature
from properties.programs.updates import update
from properties.reporting.ledger import Ledger

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
"""Small calls by two threads that spin at barriers take ten times as long on a machine
whose cores are busy: with pytest-xdist, or in CI."""

NVIDIA = Path("/dev/nvidiactl")
"""Where there is a GPU, memory is not limited: CUDA reserves far more than it uses."""

GIB = 2**30

PRELOAD = {
    "torch": ["numpy", "torch"],
    "numpy": ["numpy", "scipy.signal"],
    "nltk": ["numpy", "nltk"],
    "sacrebleu": ["numpy", "sacrebleu"],
    "torch-compile": ["numpy", "torch", "torch._inductor.compile_fx"],
    "torch-deterministic": ["numpy", "torch", "torch._inductor.config"],
}

PATIENCE = {"torch-compile": 10}
"""How many time limits a backend has for a call: compiling takes seconds."""


class Framework:
    """A backend in a worker of its own, and what it says it offers."""

    adapter = RowsAdapter

    def __init__(self, name, *, in_process=False, time_limit=30.0, memory_limit=8.0):
        self.name = name
        self.memory_limit = int(memory_limit * GIB)
        self.label = Path(name).name.removesuffix(".py").rpartition(".")[2]
        kind = InProcess if in_process else Isolated
        self.worker = kind(
            self.adapter,
            name,
            preload=PRELOAD.get(name, PRELOAD["torch"]),
            time_limit=time_limit * PATIENCE.get(name, 1),
            memory_limit=None if NVIDIA.exists() else self.memory_limit,
        )

    @cached_property
    def offer(self):
        """What the backend says it has: see `Adapter.describe`."""
        known = {key: signature(function) for key, function in operations().items()}
        known |= {twin: known[operation] for twin, operation in TWINS.items()}
        known[UPDATE] = signature(update)
        try:
            return self.worker.call("describe", known)
        except Raised as error:
            if error.kind == UnusableBackend.__name__:
                raise UnusableBackend(error.message) from None
            raise UnusableBackend(f"backend {self.name} fails: {error}") from None
        except WorkerDied as death:
            raise UnusableBackend(f"backend {self.name}: {death.what}") from None

    def check(self):
        """Check that there is something to test.

        Raises:
            UnusableBackend: the backend cannot be loaded, has none of the operations,
                or has one that cannot be called as the reference's.
        """
        if self.offer["mismatches"]:
            problems = "; ".join(self.offer["mismatches"])
            raise UnusableBackend(f"backend {self.name}: {problems}")
        if not self.offer["operations"]:
            raise UnusableBackend(
                f"backend {self.name} has none of the operations of reference/"
            )

    def close(self):
        self.worker.close()


class Backend:
    """A framework on one device with one dtype: what a property is given."""

    def __init__(self, framework, device, dtype):
        self.framework = framework
        self.device = device
        self.dtype = dtype
        self.arithmetic = framework.offer["arithmetic"]
        self.is_wide = dtype in framework.offer["wide"][device]
        self.reads_tf32 = framework.offer["reads tf32"]
        self.has_gradient = framework.offer["gradient"]
        self.layouts = framework.offer["layouts"]
        self.is_reproducible = device in framework.offer["reproducible"]
        self.memory = framework.offer["free memory"][device] or framework.memory_limit
        self.tallies = framework.offer["tallies"]
        self.ledger = Ledger()

    def __repr__(self):
        return f"{self.framework.label}-{self.device}-{self.dtype}"

    def implements(self, operation):
        """Whether it has an operation; programs are made of those that it has."""
        return operation == PROGRAM or operation in self.framework.offer["operations"]

    def submit(self, operation, *call):
        """Start `Adapter.evaluate`; `result` gives what comes out."""
        worker = self.framework.worker
        worker.submit("evaluate", operation, self.device, self.dtype, *call)

    def submit_rows(self, operation, *call):
        """Start `RowsAdapter.evaluate_rows`; `result` gives what comes out."""
        worker = self.framework.worker
        worker.submit("evaluate_rows", operation, self.device, self.dtype, *call)

    def tally(self):
        """What the backend counted of its calls since it was last asked.

        A worker that has just begun counted none.
        """
        return self.framework.worker.call("tally") if self.tallies else {}

    def result(self):
        return self.framework.worker.result()
