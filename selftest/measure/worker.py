"""The worker's side: an adapter in which a fault can be planted."""

import inspect
import warnings

import pytest

from properties.backends.adapter import Adapter
from properties.drawing import unshrunk
from properties.operations import arguments_of, tests_beside
from properties.plugin import EFFORTS, LAW
from selftest.measure.mutants import modules
from selftest.measure.outputs import faults


class Planted(Adapter):
    """A backend's module, of which one thing is wrong.

    Attributes:
        fault: changes results and gradients, see `outputs`; or None.
    """

    def __init__(self, name):
        super().__init__(name)
        self.fault = None
        self.undo = []

    def plant(self, name, count):
        """Let a fault of outputs take effect, of so many gradients; "" for none."""
        self.fault = faults(count).get(name)

    def mutate(self, mutant):
        """Put a mutant in the place of what it changes, wherever that is used."""
        self.restore()
        module = modules()[mutant.module]
        namespace = dict(vars(module))
        with warnings.catch_warnings(action="ignore"):
            exec(compile(mutant.source, mutant.module, "exec"), namespace)
        old, new = vars(module)[mutant.name], namespace[mutant.name]
        if inspect.isfunction(old) and inspect.isfunction(new):
            self.change(old, "__code__", new.__code__)
            return
        for other in modules().values():
            for name, value in [*vars(other).items()]:
                if value is old:
                    self.change(other, name, new)

    def change(self, thing, name, value):
        self.undo.append((thing, name, getattr(thing, name)))
        setattr(thing, name, value)

    def restore(self):
        """Take the mutant out."""
        while self.undo:
            setattr(*self.undo.pop())
        for module in modules().values():
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()

    def results(self, *call):
        results, gradients = super().results(*call)
        if self.fault is None:
            return results, gradients
        return self.fault(results, gradients)

    def broken_law(self, operation):
        """The name of a law of an operation that fails, or ""."""
        for test, arguments in laws(operation):
            try:
                test(**arguments)
            except (Exception, pytest.fail.Exception):
                return test.__name__
        return ""


def laws(operation):
    """The laws of an operation's module: tests, and their arguments."""
    for test in tests_beside(operation):
        for arguments in arguments_of(test, operation):
            if {*inspect.signature(test).parameters} != {*arguments}:
                continue
            with unshrunk(test, LAW_EXAMPLES, derandomize=True):
                yield test, arguments


LAW_EXAMPLES = EFFORTS["quick"] // LAW
