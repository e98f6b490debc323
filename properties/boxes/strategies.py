"""Boxes, for the tests of several modules.

Whole and fraction boxes are exact, and touch, tie, hold each other or are equal often;
spread boxes have random bits.
"""

import math
from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes

COUNTS = st.sampled_from([2, 3, 1, 4, 5, 0])
"""Numbers of boxes where each is compared with each."""

MANY = st.sampled_from([3, 1, 2, 5, 0, 4] * 2 + [33, 65])
"""Numbers of boxes where each is for itself: vectors of 32 and 64, and one more."""

POOL = np.random.default_rng(0).random(2**16 + 256)


@cache
def whole_boxes(n, *, least=0, most=8):
    """Boxes of whole numbers, negative ones too, with sides from `least` to `most`.

    Areas, and sums of them, are exact down to bfloat16.
    """
    spread = most - least + 1
    return codes((n, 4)).map(
        lambda code: boxed(
            (code[:, :2] + 8) % 17 - 8.0, (code[:, 2:] + 4) % spread + least
        )
    )


@cache
def slim_boxes(n, *, least=1):
    """Boxes of so few sizes that different IoUs are apart even in bfloat16.

    Sides are at most 3 and 2, so that unions are at most 12.
    """
    return codes((n, 4)).map(
        lambda code: boxed(
            code[:, :2] % [5, 3] - 1.0, code[:, 2:] % (np.array([4, 3]) - least) + least
        )
    )


@cache
def fraction_boxes(n):
    """Boxes of Fractions, with positive sides."""
    thirds = np.array([Fraction(k - 9, 3) for k in range(18)])
    fifths = np.array([Fraction(k, 5) for k in range(1, 19)])
    return codes((n, 4)).map(
        lambda code: boxed(thirds[code[:, :2] % 18], fifths[code[:, 2:] % 18])
    )


@cache
def spread(shape):
    """Arrays of numbers between 0 and 1, evenly spread, with random bits, no two equal.

    A seed and a byte choose each; equal bytes choose other numbers in other places.
    """
    places = 257 * np.arange(math.prod(shape))
    return codes((2 + places.size,)).map(
        lambda code: POOL.take(
            int.from_bytes(code[:2].tobytes()) + places + code[2:], mode="wrap"
        ).reshape(shape)
    )


@cache
def spread_boxes(n, exponents=(0, 0, 0, 5, -5, 11, -11)):
    """Boxes with random bits, some to the left of 0 or above it, of any magnitude.

    Sides are at least 1/16 of the image, so that they stay positive in bfloat16.
    """
    return st.tuples(spread((n, 4)), st.sampled_from(exponents)).map(
        lambda drawn: (
            boxed(drawn[0][:, :2] - 0.25, drawn[0][:, 2:] + 0.0625) * 2.0 ** drawn[1]
        )
    )


@cache
def moderate_boxes(n):
    """The same, but none so small that 1 / area overflows, as a gradient does."""
    return spread_boxes(n, exponents=(0, 0, 2, 4))


@cache
def image_boxes(n):
    """Boxes in shares of an image; some reach out of it, and IoUs are about a half."""
    return spread((n, 4)).map(
        lambda drawn: boxed(drawn[:, :2] / 4 - 0.1, drawn[:, 2:] / 4 + 0.5)
    )


@cache
def crowded_boxes(n, exponents=(0, 0, 0, 5, -5, 11, -11)):
    """The same, of any magnitude."""
    return st.tuples(image_boxes(n), st.sampled_from(exponents)).map(
        lambda drawn: drawn[0] * 2.0 ** drawn[1]
    )


def boxed(corners, sides):
    """Boxes, of their left and top corners and their sides."""
    return np.concatenate([corners, corners + sides], axis=1)
