"""One call of an operation, on its two sides: by a backend, and by the definition."""

import math
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from textwrap import shorten

import numpy as np
import pytest
from hypothesis import currently_in_test_context

from properties.arithmetic.bounded import Undecidable, bounded, bounded_numbers
from properties.arithmetic.precision import FORMATS, promise
from properties.arithmetic.taped import differentiate, is_differentiable
from properties.backends.adapter import Modified, Varied, WrongType, cotangent, in_tuple
from properties.backends.isolation import Raised, WorkerDied
from properties.drawing import reject
from properties.known_issues import known_issue
from properties.known_issues.memory_layouts import is_left_to_another_row
from properties.operations import tensor_names
from properties.reporting.wording import written
from properties.strategies import LARGEST, SMALLEST

NEVER = 50
"""After so many calls, none of them implemented, a property is a skip."""

MANNERS = {
    "again": "called once more",
    "strided": "its tensors strided",
    "offset": "its tensors offset in memory",
    "reversed_axes": "its tensors' axes reversed in memory",
    "channels_last": "its tensors' channels last in memory",
    "expanded": "its tensors expanded",
}
"""Other ways to call a backend: just so once more, or with tensors that lie otherwise
in memory. One call in four is made in one of them besides."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with one part of a call; nothing of it, if there is no part.

    Attributes:
        part: "result", "result 1", "gradient of weight", "input weight".
        count: of results.
        shape, dtype: what the part has to have, if that is wrong.
        place, expected, bound: the worst number, if numbers are wrong; there is no
            bound if it is the sign of a zero.
        actual: the number that the backend gave there.
        is_typed: whether the part is a tensor at all.
    """

    part: str | None = None
    count: int | None = None
    shape: tuple | None = None
    dtype: str | None = None
    place: tuple | None = None
    expected: float | None = None
    bound: float | None = None
    actual: float | None = None
    is_typed: bool = True


class Disagreement(AssertionError):
    """A backend does not do what the definition says.

    Attributes:
        call, problem, finding: the call, and what is wrong with it.
    """

    def __init__(self, call, problem, finding):
        super().__init__(call.told(problem))
        self.call, self.problem, self.finding = call, problem, finding


class Call:
    """A call by a backend, and the same call of the reference.

    Attributes:
        name: of the backend's function.
        inputs: the tensors by name, floating ones rounded to the backend's dtype.
        varying: for each tensor, whether the gradient is by it.
        weights: a seed for what the gradient is weighted with, and the places
            where the weights are not zero (None: everywhere).
        received: the backend's results and their dtypes, once they are there.
        exact: whether the reference is run on the numbers themselves, not on bounds.
        manner: "", or which of MANNERS the backend is called in; due: which it is to
            be called in, "" if the inputs determine it.
    """

    def __init__(
        self,
        backend,
        function,
        tensors,
        options,
        *,
        places=None,
        constant=(),
        way="",
        exact=False,
    ):
        self.backend = backend
        self.function = function
        self.name = way or function.__name__
        self.options = options
        self.tensors = [representable(tensor, backend.dtype) for tensor in tensors]
        self.inputs = dict(zip(tensor_names(function, len(tensors)), self.tensors))
        self.varying = [
            is_differentiable(tensor) and name not in constant
            for name, tensor in self.inputs.items()
        ]
        self.weights = fingerprint(self.tensors), places
        self.received = []
        self.exact = exact
        self.manner = self.due = ""

    kind = staticmethod(bounded_numbers)
    """What makes the type of numbers that the reference runs on."""

    def promise(self, part, function=""):
        """Look up how precise the backend is in its "result" or its "gradient".

        Args:
            function: the backend's; by default the one that is called.
        """
        backend = self.backend
        kind = backend.arithmetic, backend.device, backend.dtype
        ways = {"wide": backend.is_wide, "tf32": backend.reads_tf32}
        return promise(*kind, function or self.name, part, **ways)

    # --- the backend

    def divert_known_issues(self):
        """Reject an example in the region of a fault that is pinned already."""
        if self.is_known():
            self.backend.ledger.diverted += 1
            reject()

    def is_known(self, manner=""):
        """Whether the call in some manner is in the region of a pinned fault."""
        call = self.backend, self.name, self.tensors, self.options
        is_elsewhere = is_left_to_another_row(self.name, manner)
        return is_elsewhere or known_issue(*call, manner) is not None

    def submit(self, manner=""):
        """Let the backend start."""
        backend, self.manner = self.backend, manner
        backend.ledger.operation = self.name
        weights = self.weights if backend.has_gradient else None
        layout = [manner] if manner in backend.layouts else []
        call = self.name, self.tensors, self.options, weights, self.varying, *layout
        backend.submit(*call)

    def other_manner(self):
        """In which of MANNERS to make the call besides; "" for none.

        The inputs determine it, until there is a failure: then it is always that one,
        so that Hypothesis shrinks it.
        """
        if self.due:
            return self.due
        manners = [*MANNERS, *[""] * (3 * len(MANNERS))]
        drawn = manners[self.weights[0] // 7 % len(manners)]
        manner = self.backend.ledger.manner or drawn
        has = manner in self.backend.layouts or (
            manner == "again" and self.backend.is_reproducible
        )
        return manner if has and not self.is_known(manner) else ""

    def outcome(self):
        """Wait for the backend: an array and its dtype, for each part of the call."""
        __tracebackhide__ = True
        ledger = self.backend.ledger
        try:
            with ledger.timed("backend"):
                results, gradients = self.backend.result()
        except Raised as error:
            if error.is_not_implemented:
                self.skip(error)
            self.fail(**self.what_raised(error))
        except WorkerDied as death:
            ledger.crashed = death.what
            self.fail(death.what)
        self.received = results
        return self.parts(results, gradients)

    def skip(self, error):
        """Reject what is not implemented; where nothing is, skip the property."""
        backend, ledger = self.backend, self.backend.ledger
        ledger.not_implemented += 1
        never = ledger.not_implemented >= NEVER and not ledger.examples
        if never or not currently_in_test_context():
            kind = f"{backend.framework.label} has it not for {backend.dtype}"
            pytest.skip(shorten(f"{kind}: {error.message}", 150, placeholder=" …"))
        reject()

    def what_raised(self, error):
        """What is wrong with a call that raised an exception, in its own words."""
        if error.kind == Modified.__name__:
            part = f"input {[*self.inputs][int(error.message)]}"
            return {"problem": f"it wrote into its {part}", "part": part}
        if error.kind == Varied.__name__:
            part = f"result {error.message}" if error.message != "0" else "result"
            self.manner = "again"
            return {
                "problem": f"{part} is not what it was the first time",
                "part": part,
            }
        if error.kind == WrongType.__name__:
            part, told = error.message.split(": ", 1)
            return {"problem": told, "part": part, "is_typed": False}
        how = "ran out of memory:" if error.out_of_memory else "raised"
        return {"problem": f"it {how} {error.kind}: {error.message}"}

    def weights_of_results(self):
        """What the gradient was weighted with; None for results without gradients."""
        return [
            cotangent(self.weights, index, array.shape, self.backend.dtype)
            if array.dtype.kind == "f"
            else None
            for index, (array, *_) in enumerate(self.received)
        ]

    # --- the definition

    @contextmanager
    def decided(self):
        """Reject an example whose outcome is undecidable, once the backend has run."""
        try:
            with self.backend.ledger.timed("reference"), np.errstate(all="ignore"):
                yield
        except Undecidable:
            self.outcome()
            self.backend.ledger.undecidable += 1
            reject()
        except Exception:
            self.outcome()
            raise

    def define(self):
        """Run the reference on bounded numbers: arrays of them, by part of the call."""

        def weight(index, shape, precision):
            numbers = cotangent(self.weights, index, shape, self.backend.dtype)
            return bounded(numbers, precision, self.kind)

        return self.parts(*self.run(self.tensors, self.options, weight))

    def run(self, tensors, options, weight):
        """Run the reference forwards and, for backends with gradients, backwards."""
        function = partial(self.function, **options)
        if self.exact:
            return in_tuple(function(*tensors)), []
        precision, steep = self.promise("result"), self.promise("gradient")
        results, gradients = None, []
        if self.backend.has_gradient:
            results, gradients = differentiate(
                function,
                [lifted(tensor, steep, self.kind) for tensor in tensors],
                lambda index, shape: weight(index, shape, steep),
                self.varying,
            )
        if results is None or steep != precision:
            inputs = [lifted(tensor, precision, self.kind) for tensor in tensors]
            results = function(*inputs)
        return in_tuple(results), gradients

    def define_locally(self, field):
        """Run the reference for single places, on the parts of inputs they depend on.

        Returns:
            The results, a list; and for each tensor's name its gradient where it need
            not vanish, a dictionary of flat indices.
        """
        seed, places = self.weights
        shapes = [None if tensor is None else tensor.shape for tensor in self.tensors]
        scales = cotangent((seed, None), 0, (len(places),), self.backend.dtype)
        results = []
        adjoints = [{} if varies else None for varies in self.varying]
        for place, scale in zip(places, scales):
            parts, options = field(place, *shapes, **self.options)
            crops = [crop(t, part) for t, part in zip(self.tensors, parts)]
            (result,), gradients = self.run(
                crops,
                options,
                lambda index, shape, p, scale=scale: bounded(np.full(shape, scale), p),
            )
            results.append(result.item())
            for gathered, part, gradient in zip(adjoints, parts, gradients):
                if gradient is not None:
                    for at, amount in zip(part.flat, gradient.flat):
                        gathered[at] = gathered.get(at, 0) + amount
        for gathered in filter(None, adjoints):
            gathered.pop(-1, None)
        return results, {n: g for n, g in zip(self.inputs, adjoints) if g is not None}

    # --- what a failure says

    @property
    def functions(self):
        """The names of the backend's functions that are called."""
        return [self.name]

    def statements(self, names):
        """Lines of Python that make the call, and have what comes out as `results`.

        Args:
            names: of variables, the call's tensors.
        """
        given = [*names, *self.options_told(sign="=")]
        return [
            f"results = {self.name}({', '.join(given)})",
            "results = results if isinstance(results, tuple) else (results,)",
        ]

    def parts(self, results, gradients):
        """Name results and gradients: "result", "result 1", "gradient of weight"."""
        names = ["result"] + [f"result {i}" for i in range(1, len(results))]
        named = dict(zip(names, results))
        return named | {
            f"gradient of {name}": gradient
            for name, gradient in zip(self.inputs, gradients)
            if gradient is not None
        }

    def fail(self, problem, **finding):
        __tracebackhide__ = True
        ledger = self.backend.ledger
        ledger.manner = self.manner
        ledger.miss(ledger.share if ledger.share > 1 else math.inf)
        raise Disagreement(self, problem, Finding(**finding)) from None

    def told(self, problem):
        """A problem, and the call that shows it."""
        manner = f", {MANNERS[self.manner]}" if self.manner else ""
        lines = [f"{self.name} on {self.backend!r}{manner}: {problem}"]
        for name, tensor in self.inputs.items():
            lines.append(f"  {name} = {written(tensor)}")
        return "\n".join(lines + [f"  {line}" for line in self.options_told()])

    def options_told(self, sign=" = "):
        """A line for each option."""
        return [f"{name}{sign}{option!r}" for name, option in self.options.items()]


def representable(tensor, dtype):
    """Round an input to a dtype; stand-ins for its extremes become the extremes."""
    if tensor is None or tensor.dtype != np.float64:
        return tensor
    form = FORMATS[dtype]
    numbers = form.round(tensor)
    size = abs(tensor)
    numbers = np.where(size == LARGEST, np.copysign(form.largest, tensor), numbers)
    return np.where(size == SMALLEST, np.copysign(form.smallest, tensor), numbers)


def fingerprint(tensors):
    """A seed that the inputs determine."""
    seed = 0
    for tensor in tensors:
        seed = seed if tensor is None else zlib.crc32(tensor.tobytes(), seed)
    return seed


def lifted(tensor, precision, kind=bounded_numbers):
    return bounded(tensor, precision, kind) if is_differentiable(tensor) else tensor


def crop(tensor, indices):
    """Gather a part of a tensor by flat indices, 0 where the index is −1."""
    return None if tensor is None else np.where(indices < 0, 0, tensor.take(indices))
