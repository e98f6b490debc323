"""Inputs that several poolings use."""

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes, whole_numbers

EDGES = (33, 65, 33, 65, 17, 32, 64, 129)
"""Sizes that kernels are tiled by, and one more: often one more."""

LEVELS = np.array([-math.inf, 1.0, math.nan, -math.inf, math.inf])


@cache
def tied(shape):
    """Arrays of -1, 0 and 1, most of whose windows have several maxima."""
    return codes(shape).map(lambda code: code % 3 - 1.0)


@cache
def unordered(shape):
    """Arrays of NaN and infinities, with some ones: windows of −∞ alone among them."""
    return codes(shape).map(lambda code: LEVELS[code % 5])


@st.composite
def images(draw, elements, *, axes, room=4):
    """Arrays (batch, channels, *size), or without batch; a batch may be empty.

    In a quarter of them the channels or the last axis cross what kernels are tiled by.
    """
    ranges = [(0, 15), (0, 7), (1, 2), (1, 3), *[(1, room)] * axes]
    kind, edge, batch, channels, *size = draw(whole_numbers(*ranges))
    return draw(elements(laid_out(kind, edge, batch, channels, size, [1] * axes)))


def laid_out(kind, edge, batch, channels, size, least):
    """A shape of an image: `kind` says whether it has a batch, or a wide axis."""
    if kind < 12:
        return (channels, *size) if kind < 2 else ((kind > 2) * batch, channels, *size)
    if kind < 14:
        return (1, EDGES[edge], *least)
    return (1, 1, *least[:-1], least[-1] - 1 + EDGES[edge])


@st.composite
def pooled(draw, elements, *, axes, dilation=1, padding=True, fits=True):
    """An image, and the options of a window on it, without padding if need be.

    In ceil mode the window may outgrow the image, unless it is to fit.

    Wide images are as `images` has them; what is wide then is the result's row.
    """
    kernel, room = (4, 3, 3)[axes - 1], (5, 4, 1)[axes - 1]
    per_axis = [(1, kernel), (0, 3), (0, 255), (1, dilation), (0, room)]
    ranges = [(0, 15), (0, 7), (1, 2), (1, 3), (0, 3), *per_axis * axes]
    kind, edge, batch, channels, ceil, *numbers = draw(whole_numbers(*ranges))
    every = [numbers[i : i + 5] for i in range(0, 5 * axes, 5)]
    options = {
        "kernel_size": tuple(k for k, *_ in every),
        "stride": tuple(s or k for k, s, *_ in every),
        "padding": tuple(min(p % 3, k // 2) * padding for k, _, p, *_ in every),
        "dilation": tuple(d for *_, d, _ in every),
    }
    reach = [d * (k - 1) + 1 for k, _, _, d, _ in every]
    least = [max(1, r - 2 * p) for r, p in zip(reach, options["padding"])]
    if ceil == 3 and not fits:  # the window outgrows the image, by less than a stride
        least = [max(1, n - s) for n, s in zip(least, strides_less_one(options))]
    size = [n + more for n, (*_, more) in zip(least, every)]
    shape = laid_out(kind, edge, batch, channels, size, least)
    if kind >= 14:
        more = (EDGES[edge] - 1) * options["stride"][-1]
        shape = (*shape[:-1], least[-1] + more)
    if options["stride"] == options["kernel_size"]:
        options["stride"] = None
    return draw(elements(shape)), options | {"ceil_mode": ceil % 2 == 1}


def strides_less_one(options):
    return [stride - 1 for stride in options["stride"]]


def with_another_axis(options):
    """Options of a window that is one pixel wide on an axis before the others."""
    options = options | {"stride": options["stride"] or options["kernel_size"]}
    return {
        name: (int(name != "padding"), *option) if isinstance(option, tuple) else option
        for name, option in options.items()
    }
