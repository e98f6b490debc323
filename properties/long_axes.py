"""Valid calls of which axes are made long: one past what kernels take at once.

Vectors, tiles and blocks have 32, 64, 256 or 1024 numbers, and what is left over is
computed by itself. An axis alone, or all that have its size, the first ones or the last
ones of all tensors, go on with numbers between those that they have: what is between
two positive numbers, or two probabilities, is one. Where a definition is held to
exactly, they go on with the same numbers. What it then has a result for is held to it,
with its gradients.
"""

from collections import Counter
from itertools import islice
from random import Random

import numpy as np

from properties.arithmetic.taped import is_differentiable
from properties.edges import axes_alike
from properties.operations import TWINS
from properties.rejections import rejection
from properties.special_values import SpecialCall, calls_of, constant_of

SIZES = (257, 65, 1025, 33)
"""One past the ends, in the order in which they are tried."""

MOST, FEW = 4200, 300
"""Numbers in all tensors of a call, at most; and of `LONG_SUMS`."""

LONG_SUMS = (
    *("fft_convolve", "dft", "inverse_dft", "markov_approximation", "chain_rule"),
    *("bleu", "sentence_bleu", "corpus_bleu"),
    *("step_lr", "multi_step_lr", "chained_linear_lr", "chained_polynomial_lr"),
    "chained_cosine_annealing_lr",
)
"""Operations each of whose numbers is made of all others, by reference or by bound."""

CHOOSES = ("topk",)
"""Ways that may name any of equal numbers: there are some on a long axis."""

SHARE = {"float32": 25}
"""One call for so many examples of a property; for 100 in other dtypes, and where each
shape is compiled."""

EACH, TRIES = 2, 12
"""Changed calls for each valid one, about, and tried for each that is taken."""


def long_calls(backend, way, examples):
    """Calls that the definition takes, for so many examples of a property."""
    if way in CHOOSES:
        return iter(())
    share = 100 if backend.tallies else SHARE.get(backend.dtype, 100)
    count = max(1, examples // share)
    valid = calls_of(backend, way, max(2, count // EACH))
    most = FEW if TWINS.get(way, way) in LONG_SUMS else MOST
    tried = islice(stretched_calls(valid, most), TRIES * count)
    return islice((call for call in tried if rejection(call) == ""), count)


def stretched_calls(valid, most):
    """Valid calls with long axes: of each size one, then of each size another.

    Args:
        most: how many numbers there are in all tensors of a call.
    """
    draw = Random(0)
    choices = [(call, *alike) for call in valid for alike in axes_alike(call.inputs)]
    turns = [draw.sample(choices, len(choices)) for _ in SIZES]
    for turn in zip(*turns):
        for size, (call, old, axes) in zip(SIZES, turn):
            if not 0 < old < size or count_of(call.inputs, axes, size / old) > most:
                continue
            longer = lengthened(call.inputs, axes, size, again=call.exact)
            tensors = [*longer.values()]
            yield SpecialCall(call, tensors, constant_of(call), exact=call.exact)


def count_of(inputs, axes, factor):
    """How many numbers there are, once some axes are longer by a factor."""
    longer = Counter(name for name, _ in axes)
    return sum(
        tensor.size * factor ** longer[name]
        for name, tensor in inputs.items()
        if tensor is not None
    )


def lengthened(inputs, axes, size, **which):
    """Tensors of which some axes go on up to a size, as `stretched`."""
    longer = dict(inputs)
    for name, axis in axes:
        longer[name] = stretched(longer[name], axis, size, **which)
    return longer


def stretched(tensor, axis, size, *, again=False):
    """A tensor of which an axis goes on up to a size.

    Floating numbers are between two of the axis, ⅛, ¼, … of the way, or between the
    only one and its half; others are some of the axis again, and so are all with
    `again`.
    """
    draw = np.random.default_rng(size)
    more = size - tensor.shape[axis]
    ends = draw.integers(tensor.shape[axis], size=(2, more))
    first, second = (tensor.take(end, axis) for end in ends)
    if is_differentiable(tensor) and not again:
        way = draw.integers(1, 8, more).reshape(-1, *[1] * (tensor.ndim - axis - 1)) / 8
        second = second / 2 if tensor.shape[axis] == 1 else second
        with np.errstate(invalid="ignore"):
            between = first + (second - first) * way
        first = np.where(np.isfinite(between), between, first)
    return np.concatenate([tensor, first], axis)
