"""Inputs that several normalizations use."""

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import (
    full_width,
    ordinary,
    per_axis,
    positive,
    tile_edges,
    whole_numbers,
)

SIZES = st.sampled_from(
    [(2, 2), (3,), (2, 1, 2), (33, 1), (), (3, 2), (65,), (4,), (2, 17), (0,)]
)
"""Sizes of signals, images and volumes; often one that kernels are tiled by."""

EPS = st.sampled_from([1e-5, 0.5, 1e-3, 1e-12])


@st.composite
def batches(draw, elements, *, least=2):
    """Inputs (batch, channels, *size), with several numbers of each channel.

    Some have channels that are constant or far from 0, or as many channels or samples
    as kernels are tiled by.
    """
    size = draw(SIZES)
    kind = draw(st.sampled_from(["plain"] * 5 + ["channels", "batch", "far", "equal"]))
    batch, channels = draw(per_axis(2, 1, 3 if math.prod(size) < 9 else 2))
    if kind in ("channels", "batch"):
        size = size[:1] if size[:1] <= (3,) else ()
        many = draw(st.sampled_from([33, 17, 65]))
        batch, channels = (2, many) if kind == "channels" else (many, channels)
    if 0 not in size and batch == 1 and all(n == 1 for n in size):
        batch = least
    x = draw(elements((batch, channels, *size)))
    if kind == "far":
        x = x + draw(st.sampled_from([100.0, -1000.0, 4096.0]))
    elif kind == "equal":
        x = np.broadcast_to(x[:1], x.shape).copy()
    return x


@cache
def scales(channels):
    """Variances, or weights, of channels: positive numbers."""
    return positive((channels,))


@st.composite
def affine_maps(draw, channels, elements=ordinary):
    """A weight and a bias, both, one, or neither."""
    which = draw(st.sampled_from([3, 1, 2, 3, 0]))
    weight = draw(elements((channels,))) if which & 1 else None
    return weight, draw(elements((channels,))) if which & 2 else None


@st.composite
def normalizations(draw, elements, affine=ordinary):
    """An input, running moments, weight and bias; whether it trains, and eps."""
    x = draw(batches(elements))
    channels = x.shape[1]
    training, eps = draw(st.booleans()), draw(EPS)
    running = None, None
    if not training or eps > 1e-3:  # they are not read in training
        running = draw(ordinary((channels,))), draw(scales(channels))
    if abs(x).max(initial=0) > 99 and eps < 1e-5:
        eps = 1e-5
    weights = draw(affine_maps(channels, affine))
    return (x, *running, *weights), {"training": training, "eps": eps}


@st.composite
def features(draw, elements, *, least=2):
    """Inputs (batch, channels), no channel of which is constant."""
    batch, channels = draw(whole_numbers((least, 5), (1, 3)))
    x = draw(elements((batch, channels))).copy()
    x[-1] = x[:-1].max(axis=0) + 1
    return x


@cache
def momenta():
    """Options of moving averages; no momentum whose complement cancels in any dtype."""
    momentum = [
        *[("new", share) for share in (0.1, 0.25, None, 1.0, 0.0, 0.75, None)],
        *[("old", share) for share in (0.9, 0.25, 0.75, None)],
    ]
    options = {
        "momentum": st.sampled_from(momentum),
        "correction": st.sampled_from([1, 1, 0]),
        "num_batches_tracked": st.sampled_from([0, 1, 5, 2]),
    }
    return st.fixed_dictionaries(options).map(
        lambda o: {**o, "momentum_of": o["momentum"][0], "momentum": o["momentum"][1]}
    )


@st.composite
def averaged(draw):
    """A batch, running moments; and options of moving averages."""
    x = draw(batches(full_width))
    running = draw(ordinary(x.shape[1:2])), draw(scales(x.shape[1]))
    return (x, *running), draw(momenta())


@st.composite
def wide_batches(draw):
    """A channel or two of many samples or pixels, or many channels of a few."""
    size, few = draw(tile_edges(1024)), draw(st.integers(1, 2))
    shapes = [(2, few, min(size, 257)), (size, 1), (2, min(size, 129), few)]
    x = draw(ordinary(draw(st.sampled_from(shapes))))
    return x, draw(ordinary((x.shape[1],))), draw(scales(x.shape[1]))
