"""Every number of 16 bits, for operations that take each number by itself.

In float32 and float64 some of each exponent stand for all. Neighbours are given
together: what a threshold leaves undecided, or a known issue takes out, takes few
others with it. A second tensor has the same numbers, the opposite ones, or those from
anywhere else on: another for each call.
"""

from random import Random

import numpy as np

from properties.arithmetic.precision import FORMATS
from properties.arithmetic.taped import is_differentiable
from properties.operations import TWINS
from properties.special_values import SpecialCall, calls_of, constant_of

NUMBER_BY_NUMBER = (
    *("elementwise", "elementwise2", "relu", "leaky_relu", "elu", "selu"),
    *("sigmoid", "tanh", "gelu", "gaussian", "reparametrize", "information"),
    *("optimal_discriminator", "mse_loss", "l1_loss", "content_loss"),
    "clip_grad_value",
)
"""Operations each of whose results is made of the numbers at its own place, or is the
sum or the mean of such."""

TOGETHER = 64
"""Numbers in each tensor of a call."""

OF_EACH_EXPONENT = {"float32": 32, "float64": 8}
"""How many numbers stand for those of an exponent that has too many."""

OPTIONS, DRAWN = 16, 60
"""With how many options an operation is called, of so many calls that are drawn."""

ALL = 1_000
"""With how many examples of a property all numbers are given; with fewer, a share."""


def all_numbers(dtype):
    """The finite numbers of a dtype in their order: of 16 bits all, else some."""
    form = FORMATS[dtype]
    bits, least = form.significand_bits, form.least_exponent
    there_are = 2 ** (bits - 1)
    count = OF_EACH_EXPONENT.get(dtype, there_are)
    steps = np.arange(count) * (there_are // count)
    if count < there_are:
        draw = np.random.default_rng(bits)
        steps[1:] += draw.integers(there_are // count, size=count - 1)
        steps[-1] = there_are - 1
    exponents = np.arange(least, form.greatest_exponent + 1)
    normal = np.ldexp(there_are + steps, exponents[:, None] - bits + 1)
    positive = np.concatenate([steps * form.smallest, normal.ravel()])
    return np.concatenate([-positive[::-1], positive])


def number_calls(backend, way, examples):
    """Calls of an operation with the numbers of a dtype, for so many examples."""
    if TWINS.get(way, way) not in NUMBER_BY_NUMBER:
        return
    numbers = all_numbers(backend.dtype)
    stride = TOGETHER * max(1, ALL // examples)
    for valid in different(calls_of(backend, way, DRAWN)):
        draw = Random(valid.weights[0])
        for start in range(draw.randrange(stride), len(numbers), stride):
            tensors = numbered(valid, numbers, start, draw)
            yield SpecialCall(valid, tensors, constant_of(valid))


def different(calls):
    """Some calls that differ in their options, and whose tensors may be of any size."""
    kept = {str(call.options): call for call in calls if has_places(call)}
    return [*kept.values()][:OPTIONS]


def has_places(call):
    """Whether all tensors of a call are of one shape, and of floating numbers."""
    shape = call.tensors[0].shape
    return not call.exact and all(
        tensor is None or (is_differentiable(tensor) and tensor.shape == shape)
        for tensor in call.tensors
    )


def numbered(valid, numbers, start, draw):
    """The tensors of a call, the first with the numbers from a place on."""
    count = len(numbers)
    tensors = [taken(numbers, start)]
    for tensor in valid.tensors[1:]:
        opposite, anywhere = count - start - TOGETHER, draw.randrange(count)
        place = draw.choice([start, opposite, anywhere])
        tensors.append(None if tensor is None else taken(numbers, place))
    return tensors


def taken(numbers, start):
    """The numbers from a place on; after the greatest comes the least."""
    return numbers[np.arange(start, start + TOGETHER) % len(numbers)]
