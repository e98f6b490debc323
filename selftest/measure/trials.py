"""Calls that the properties of an operation make, kept to be judged again and again.

Derandomized, Hypothesis draws the same examples until one fails: what a fault does to
them can be seen without drawing them, or running the reference, once more.
"""

import contextlib
from dataclasses import dataclass

import pytest
from hypothesis import is_hypothesis_test

from properties import agreement
from properties.backends.backend import Framework
from properties.calls import Call
from properties.drawing import drawn_for, unshrunk
from properties.operations import agreements, arguments_of, family_of
from properties.plugin import EFFORTS, quick_share
from selftest.measure.worker import Planted


class PlantedFramework(Framework):
    """A framework whose worker can have faults planted in it."""

    adapter = Planted


@dataclass
class Trial:
    """A call, what the definition says, and what a right backend gave.

    Attributes:
        expected: for each part its shape, numbers, bounds and dtype.
        found: results and gradients, as they came from the worker.
        manner, other: in which manner it was made besides, and what was found then.
    """

    call: Call
    expected: dict
    found: tuple
    manner: str
    other: tuple | None

    def judge(self, found):
        """Check what a faulty backend gave.

        Raises:
            Disagreement: it is not what the definition says.
        """
        agreement.check(self.call, self.parts(found), self.expected)

    def judge_again(self, found, other):
        """Check what a faulty backend gave in its other manner."""
        self.call.manner = self.manner
        parts = self.parts(other)
        if self.manner == "again":
            agreement.check_bits(self.call, self.parts(found), parts)
        else:
            agreement.check(self.call, parts, self.expected)
        self.call.manner = ""

    def parts(self, found):
        return self.call.parts(*found)


def recorded(backend, operation, effort):
    """The trials of an operation's properties."""
    trials = []

    def keep(call):
        call.submit()
        expected = agreement.defined(call)
        actual = call.outcome()
        agreement.check(call, actual, expected)
        found = raw(call, actual)
        manner = call.other_manner()
        other = None
        if manner:
            call.submit(manner)
            other = raw(call, call.outcome())
            call.manner = ""
        trials.append(Trial(call, expected, found, manner, other))
        backend.ledger.count()

    with agreement.handed_to(keep):
        for test in agreements(operation):
            if is_hypothesis_test(test):
                run(test, backend, operation, effort)
    return trials


def raw(call, parts):
    """Results and gradients of named parts, as a worker sends them."""
    results = [part for name, part in parts.items() if name.startswith("result")]
    gradients = [parts.get(f"gradient of {name}") for name in call.inputs]
    return results, gradients


def run(test, backend, operation, effort):
    """Run a property as a run at some effort does, without shrinking."""
    family = family_of(operation)
    share = quick_share(backend.dtype, family) if effort == "quick" else 1
    own = test._hypothesis_internal_use_settings.max_examples
    most = own if own < EFFORTS["quick"] else EFFORTS[effort]
    examples = max(1, most // share)
    changed = unshrunk(test, examples, derandomize=True)
    with changed, drawn_for(test, f"{backend!r}"):
        for arguments in arguments_of(test, operation):
            with contextlib.suppress(pytest.skip.Exception):  # what a dtype lacks
                test(backend=backend, **arguments)
