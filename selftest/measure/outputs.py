"""Faulty outputs: what a right backend gave, with one thing wrong.

A fault takes results and gradients as a worker sends them, lists of (array, dtype), and
gives them changed. It is applicable to a call if that makes a difference.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from properties.arithmetic.precision import FORMATS

NAN, INFINITY = "NaN to 0", "infinity to the largest number"
MINUS_ZERO, FLUSHED = "minus 0 to 0", "subnormals flushed"


@dataclass
class OnResults:
    """Changes each result: `change(array, dtype)`, which has the array's shape."""

    change: callable
    floating: bool = True

    def __call__(self, results, gradients):
        return [self.changed(*part) for part in results], gradients

    def changed(self, array, dtype):
        if self.floating and dtype not in FORMATS:
            return array, dtype
        return stored(self.change(array, dtype), array, dtype), dtype


@dataclass
class OnGradients:
    """Changes the gradient of one input, the `which`-th of those that have one."""

    change: callable
    which: int

    def __call__(self, results, gradients):
        having = [i for i, gradient in enumerate(gradients) if gradient is not None]
        if self.which >= len(having):
            return results, gradients
        changed = [*gradients]
        array, dtype = gradients[having[self.which]]
        sizes = [result.shape for result, _ in results]
        numbers = self.change(array.astype(np.float64), sizes)
        changed[having[self.which]] = stored(numbers, array, dtype), dtype
        return results, changed


class Stale:
    """Gives the results of the call before, if they have the same shapes."""

    def __init__(self):
        self.before = {}

    def __call__(self, results, gradients):
        shapes = tuple((array.shape, dtype) for array, dtype in results)
        before = self.before.get(shapes, results)
        self.before[shapes] = results
        return before, gradients


class Rarely:
    """One call in twenty gives the last bit of its first number otherwise."""

    def __init__(self):
        self.calls = 0

    def __call__(self, results, gradients):
        self.calls += 1
        if not results:
            return results, gradients
        (array, dtype), *others = results
        if self.calls % 20 or dtype not in FORMATS or not array.size:
            return results, gradients
        other = array.copy()
        step = FORMATS[dtype].unit_roundoff * 2
        other.flat[0] = stored(other.flat[:1] * (1 + step), other, dtype)[0]
        return [(other, dtype), *others], gradients


def stored(numbers, like, dtype):
    """Numbers rounded to a dtype, in the array type that a worker sends it in."""
    numbers = np.asarray(numbers)
    if dtype in FORMATS:
        numbers = FORMATS[dtype].round(numbers.astype(np.float64))
    return numbers.astype(like.dtype)


def wrong(array):
    """Other numbers than an array's: off by one, or by as much as they are."""
    if array.dtype == bool:
        return ~array
    if array.dtype.kind != "f":
        return array + 1
    finite = np.where(np.isfinite(array), array, 0)
    return finite + np.maximum(1, abs(finite))


def wrong_from(array, dtype, *, first):
    numbers = array.ravel().copy()
    numbers[first:] = wrong(numbers[first:])
    return numbers.reshape(array.shape)


def wrong_last(array, dtype):
    """The last number along an axis of 33, 65, … numbers."""
    numbers = array.copy()
    for axis, size in enumerate(array.shape):
        if size > 1 and size % 32 == 1:
            last = (slice(None),) * axis + (-1,)
            numbers[last] = wrong(array[last])
    return numbers


def wrong_edge(array, dtype):
    """The first number of the second tile of 32, along any axis."""
    numbers = array.copy()
    for axis, size in enumerate(array.shape):
        if size > 32:
            edge = (slice(None),) * axis + (32,)
            numbers[edge] = wrong(array[edge])
    return numbers


def mixed(array, dtype):
    """The last of a batch is the first."""
    numbers = array.copy()
    if array.ndim and len(array) > 1:
        numbers[-1] = array[0]
    return numbers


def flushed(array, dtype):
    is_small = abs(array) < FORMATS[dtype].smallest_normal
    return np.where(is_small, np.copysign(0.0, array), array)


def capped(array, dtype):
    return np.where(np.isinf(array), np.copysign(FORMATS[dtype].largest, array), array)


def averaged(array, sizes):
    """A mean over the first axis of the result in the place of a sum."""
    count = next((size[0] for size in sizes if size), 1)
    is_smaller = any(array.size < np.prod(size) for size in sizes)
    return array / count if is_smaller and count > 1 else array


FIRST_WRONG = (64, 256, 1024)
LAST, EDGE = "last wrong if the size is 1 modulo 32", "one tile edge wrong"
OF_NUMBER = NAN, INFINITY, MINUS_ZERO, FLUSHED
"""What only special numbers show."""

OF_SIZE = (*[f"wrong from number {n} on" for n in FIRST_WRONG], LAST, EDGE)
"""Faults that only arrays of some size show."""


def results():
    """Faults of results: each in a class that stands for the kind."""
    change = partial(OnResults)
    scaled = [1.2, 1.01, 1 + 1e-3, 1 + 1e-4, 1 + 1e-5]
    return {
        "0": change(lambda x, d: np.zeros_like(x), floating=False),
        **{f"times {s:g}": change(lambda x, d, s=s: x * s) for s in scaled},
        **{
            f"rounded to {form}": change(lambda x, d, f=form: FORMATS[f].round(x))
            for form in ("bfloat16", "float16")
        },
        **{
            f"wrong from number {n} on": change(partial(wrong_from, first=n), False)
            for n in FIRST_WRONG
        },
        LAST: change(wrong_last, floating=False),
        EDGE: change(wrong_edge, floating=False),
        NAN: change(lambda x, d: np.where(np.isnan(x), 0, x)),
        INFINITY: change(capped),
        MINUS_ZERO: change(lambda x, d: x + 0.0),
        FLUSHED: change(flushed),
        "stale": Stale(),
        "batch neighbours mixed": change(mixed, floating=False),
        "nondeterministic once in 20 calls": Rarely(),
    }


def gradients(count):
    """Faults of the gradients of `count` inputs."""
    changes = {
        "halved": lambda g, sizes: g / 2,
        "0": lambda g, sizes: g * 0,
        "not summed over what is broadcast": averaged,
    }
    return {
        f"gradient {which} {name}": OnGradients(change, which)
        for which in range(count)
        for name, change in changes.items()
    }


def faults(count):
    """All of them, anew, for calls with so many gradients."""
    return results() | gradients(count)


def is_same(found, other):
    """Whether a fault made no difference."""
    pairs = zip([*found[0], *found[1]], [*other[0], *other[1]])
    return all(
        part is twin or (part[0].tobytes() == twin[0].tobytes()) for part, twin in pairs
    )
