"""A backend that is right but for a fault, for tests that the fault is found."""

from functools import partial

import numpy as np

from properties.arithmetic.taped import differentiate
from properties.backends.adapter import cotangent
from properties.reporting.ledger import Ledger


class Fake:
    """A backend that is right but for a fault: the reference, in float64.

    Args:
        fault: changes the results and the gradients, two lists of arrays and dtypes.
    """

    arithmetic, device, is_wide = "numpy", "cpu", False
    layouts, is_reproducible, reads_tf32 = (), True, True

    def __init__(self, fault=lambda results, gradients: None, *, dtype="float32"):
        self.fault = fault
        self.dtype = dtype
        self.has_gradient = True
        self.framework = type("Fake", (), {"name": "fake", "offer": {"version": ""}})
        self.ledger = Ledger()

    def __repr__(self):
        return f"fake-cpu-{self.dtype}"

    def knows(self, function):
        self.function = function
        return self

    def submit(self, operation, tensors, options, weights, varying):
        with np.errstate(all="ignore"):
            results, gradients = differentiate(
                partial(self.function, **options),
                tensors,
                lambda index, shape: cotangent(weights, index, shape, self.dtype),
                varying,
            )
        self.parts = [self.labelled(part) for part in (results, gradients)]

    def labelled(self, arrays):
        return [
            None
            if a is None
            else (a, a.dtype.name)
            if a.dtype.kind == "i"
            else (np.array(a, np.float64), self.dtype)
            for a in arrays
        ]

    def result(self):
        self.fault(*self.parts)
        return self.parts


# --- faults


def replace(which, index, make):
    """A fault that makes another array and dtype of one result or gradient."""

    def fault(*parts):
        parts[which][index] = make(*parts[which][index])

    return fault


def drop(which, index):
    return lambda *parts: parts[which].pop(index)


def repeat(which):
    return lambda *parts: parts[which].append(parts[which][0])


def put(number, place=0, part=0):
    """A fault: another number at one place of a result."""

    def fault(results, gradients):
        [results, gradients][part][0][0].flat[place] = number

    return fault
