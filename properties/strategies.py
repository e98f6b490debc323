"""Inputs that two or more families use.

An array is drawn as one string of bytes, a byte for each element: drawing then costs
about the same for one element as for a hundred, and every element shrinks by itself.
Strategies are made once for each shape: making and checking one takes longer than
drawing from it.
`sixteenths`, `fractions`, `full_width` and what is made of it take a shape and give
arrays; a strategy for a whole operation takes one of them as `elements`.
"""

import math
from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import strategies as st

LARGEST, SMALLEST = 1e300, 1e-300
"""Stand for the largest finite and the smallest positive number of any dtype:
`agreement.representable` puts the dtype's own in their place."""

TILES = (16, 32, 64, 128, 256, 1024)
"""Sizes that kernels are tiled by."""

REDUCTIONS = st.sampled_from(["none", "mean", "sum"])
"""What becomes of the losses of a batch."""

SIMPLE = (
    *(0, 1, -1, 2, -2, 0.5, -0.5, 3, 1.5, -1.5, 1 / 3, -1 / 3, 10, -10, 0.1),
    *[-0.0] * 4,
)
EXTREME = (LARGEST, -LARGEST, SMALLEST, -SMALLEST)
NON_FINITE = (math.nan, math.inf, -math.inf)


@cache
def codes(shape):
    """Arrays of bytes."""
    n = math.prod(shape)
    return st.binary(min_size=n, max_size=n).map(
        lambda drawn: np.frombuffer(drawn, np.uint8).reshape(shape)
    )


@cache
def whole_numbers(*ranges):
    """Lists of whole numbers, one from each (least, most), drawn at one go."""
    n = len(ranges)
    return st.binary(min_size=n, max_size=n).map(
        lambda drawn: [
            least + byte % (most - least + 1)
            for byte, (least, most) in zip(drawn, ranges)
        ]
    )


@cache
def per_axis(axes, least, most):
    """Options with one number for each of so many axes."""
    return whole_numbers(*[(least, most)] * axes).map(tuple)


@cache
def windows(axes, *, kernel=3, stride=3, padding=2, dilation=2, room=3):
    """Options of a window, each up to a greatest value, and a size that it fits into.

    A dictionary of tuples: size, kernel_size, stride, padding, dilation.
    """
    ranges = [(1, kernel), (1, stride), (0, padding), (1, dilation), (0, room)]

    def fit(numbers):
        kernel_size, stride, padding, dilation, room = (
            tuple(numbers[i : i + axes]) for i in range(0, 5 * axes, axes)
        )
        reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel_size)]
        return {
            "size": tuple(
                max(1, r - 2 * p) + n for r, p, n in zip(reach, padding, room)
            ),
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
        }

    drawn = whole_numbers(*[limits for limits in ranges for _ in range(axes)])
    return drawn.map(lambda numbers: fit(numbers))


@cache
def sixteenths(shape):
    """Arrays of k/16, |k| ≤ 128: sums and products of a few of them do not round."""
    return codes(shape).map(lambda code: code.view(np.int8) / 16)


@cache
def fractions(shape):
    """Arrays of Fraction(k, n), |k| ≤ 16 and n ≤ 7: rational operations are exact."""
    every = [Fraction(k, n) for n in range(1, 8) for k in [0, *signed(range(1, 17))]]
    table = np.array((every + every)[:256], object)
    return codes(shape).map(lambda code: table[code])


def signed(numbers):
    return [sign * number for number in numbers for sign in (1, -1)]


@cache
def full_width(shape, *, extremes=True):
    """Arrays of numbers with random bits from end to end and of mixed magnitudes.

    Most lie between 2⁻⁶ and 2⁶; zeros, small whole numbers and halves are among them
    and, in one array of eight unless `extremes` is off, the largest and the smallest
    numbers of the dtype. Beyond 256 elements a seed alone fills the array.
    """
    if math.prod(shape) > 256:
        seeds = st.binary(min_size=2, max_size=2)
        return seeds.map(lambda code: mixed_magnitudes(generator(code), shape))
    return filled(shape, lambda seed: EXTREME if extremes and seed % 8 == 1 else ())


@cache
def ordinary(shape):
    """Numbers none of which is so large that sums of products of them overflow."""
    return full_width(shape, extremes=False)


@cache
def wide(shape):
    """Logits of all sizes: in a third of the arrays, some e^x is beyond any dtype."""
    large = ordinary(shape).map(lambda x: 16 * x)
    return st.one_of(full_width(shape), full_width(shape), large)


@cache
def positive(shape):
    """Numbers in [e⁻⁸, 1], of all magnitudes between, with random bits."""
    return full_width(shape, extremes=False).map(lambda x: np.exp(-abs(x) / 8))


@cache
def interior(shape):
    """Numbers between 0.004 and 0.996, with random bits."""
    return full_width(shape, extremes=False).map(lambda x: 1 / (1 + np.exp(x / 12)))


@cache
def with_non_finite(shape):
    """Arrays as `full_width` has them, with some NaN and infinities of both signs."""
    return filled(shape, lambda seed: 2 * NON_FINITE)


@cache
def with_masked(shape):
    """Arrays as `full_width` has them, with some NaN and −∞, as masked logits have.

    Without +∞: beside it, implementations that are right elsewhere differ (0 or NaN).
    """
    return filled(shape, lambda seed: 8 * (math.nan, -math.inf))


def filled(shape, special):
    """Arrays from tables of 256 numbers that a seed chooses, a byte for each element.

    Numbers that shrink come first; what `special` gives for a seed follows.
    """

    def fill(code):
        seed = int.from_bytes(code[:2])
        table = POOL[seed : seed + 256].copy()
        table[: len(SIMPLE)] = SIMPLE
        more = special(seed)
        table[len(SIMPLE) : len(SIMPLE) + len(more)] = more
        return table[np.frombuffer(code, np.uint8, offset=2)].reshape(shape)

    n = 2 + math.prod(shape)
    drawn = st.binary(min_size=n, max_size=n)
    return drawn.map(lambda code: fill(code))  # Hypothesis prints a lambda's value


def generator(code):
    return np.random.default_rng(int.from_bytes(code))


def mixed_magnitudes(random, shape):
    return random.uniform(-1, 1, shape) * 2.0 ** random.integers(-6, 7, shape)


def tile_edges(most=1024):
    """Sizes that kernels are tiled by, or one off; small ones are drawn more often."""
    often = [tile for tile in TILES for larger in TILES if tile <= min(larger, most)]
    return st.sampled_from([tile + off for off in (1, 0, -1) for tile in often])


POOL = mixed_magnitudes(np.random.default_rng(0), 2**16 + 256)
