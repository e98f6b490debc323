"""Valid calls of which axes are made empty, or of one number.

An axis alone, or all that have its size, the first ones or the last ones of all
tensors: what the definition then has a result for, a framework has the same for. Where
it refuses a size that the definition takes, a row of `known_issues/edges.py` says so.
"""

from itertools import islice
from random import Random

from properties.known_issues.edges import REFUSED
from properties.own_checks import own
from properties.rejections import rejection
from properties.special_values import SpecialCall, calls_of, constant_of

EACH = 5
"""Changed calls for each valid one, about."""

TRIES = 4
"""Changed calls for each that the definition takes, at most."""


def edge_calls(backend, way, count):
    """Different calls that the definition takes: up to `count`."""
    valid = calls_of(backend, way, max(3, count // EACH))
    changed = [
        (call, inputs) for call in valid for inputs in resized(call.inputs, own(way))
    ]
    Random(0).shuffle(changed)
    made = (
        SpecialCall(call, [*inputs.values()], constant_of(call), exact=call.exact)
        for call, inputs in islice(changed, TRIES * count)
    )
    taken = (call for call in made if rejection(call) == "" and not is_refused(call))
    yield from islice(taken, count)


def resized(inputs, kept):
    """Tensors with one axis, or several of one size, empty or of one number.

    Args:
        kept: the names of tensors whose axes are left alone.
    """
    for size, axes in axes_alike(inputs, kept):
        for other in range(min(size, 2)):
            yield cut(inputs, axes, other)


def axes_alike(inputs, kept=()):
    """Sizes, and places of one axis, or of several that have that size.

    Args:
        kept: the names of tensors whose axes are left alone.
    """
    places = [
        (name, axis)
        for name, tensor in inputs.items()
        if tensor is not None and name.partition("[")[0] not in kept
        for axis in range(tensor.ndim)
    ]
    for size in sorted({inputs[name].shape[axis] for name, axis in places}):
        alike = [
            (name, axis) for name, axis in places if inputs[name].shape[axis] == size
        ]
        first = [(name, axis) for name, axis in alike if axis == 0]
        last = [(name, axis) for name, axis in alike if axis == inputs[name].ndim - 1]
        groups = {tuple(group) for group in (alike, first, last)} - {()}
        groups |= {(place,) for place in alike}
        for group in sorted(groups):
            yield size, group


def cut(inputs, places, size):
    """Tensors of which some axes have only so many numbers, the first ones."""
    cut = dict(inputs)
    for name, axis in places:
        cut[name] = cut[name].take(range(size), axis)
    return cut


def is_refused(call):
    """Whether a row says that a framework refuses a call that the definition takes."""
    return any(
        call.name in row.operations and row.region(*call.tensors, **call.options)
        for row in REFUSED
    )
