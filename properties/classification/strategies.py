"""Logits and targets, of classes or of probabilities."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import REDUCTIONS, codes, per_axis, tile_edges, wide

CLASSES = st.sampled_from([2, 3, 4, 1, 5] * 6 + [15, 16, 17, 33])
"""Numbers of classes; rarely, sizes that kernels are tiled by."""

SMOOTHING = st.sampled_from([0.0, 0.125, 0.5, 1.0])


@cache
def sixteenths_above_zero(shape):
    """Weights of classes, k/16 with k from 1 to 64."""
    return codes(shape).map(lambda code: (code % 64 + 1) / 16)


@st.composite
def shapes(draw):
    """A shape of logits: (classes), (batch, classes) or (batch, classes, *size)."""
    classes, axes = draw(CLASSES), draw(st.sampled_from([2, 3, 1, 4]))
    batch, *size = draw(per_axis(axes, 1, 3 if axes < 4 else 2))
    return (classes,) if axes == 1 else (batch, classes, *size[1:])


@st.composite
def indices(draw, shape, ignore_index):
    """Targets for logits of a shape, the first of which is not ignored."""
    classes = shape[min(1, len(shape) - 1)]
    drawn = draw(codes(shape[:1] * (len(shape) > 1) + shape[2:]))
    target = np.asarray(drawn % classes, np.int64)
    ignored = np.asarray(drawn > 200)
    ignored.flat[0] = False
    if 0 <= ignore_index < classes:
        target.flat[0] = (ignore_index + 1) % classes
    return np.where(ignored, ignore_index, target)


@st.composite
def classified(draw, elements, *, weights=sixteenths_above_zero, smoothing=SMOOTHING):
    """Logits, classes as targets, weights or None, and options."""
    shape = draw(shapes())
    classes = shape[min(1, len(shape) - 1)]
    ignore_index = draw(st.sampled_from([-100, -1, 1, 0][: 4 if classes > 1 else 2]))
    options = {"ignore_index": ignore_index, "reduction": draw(REDUCTIONS)}
    if smoothing is not None:
        options["label_smoothing"] = draw(smoothing)
    target = draw(indices(shape, ignore_index))
    weight = draw(st.none() | weights((classes,)))
    return (draw(elements(shape)), target, weight), options


@st.composite
def softly_classified(draw, elements, *, weights=sixteenths_above_zero):
    """Logits, multiples of 1/256 as targets, weights or None, and options."""
    shape = draw(shapes())
    target = draw(codes(shape)) / 256
    weight = draw(st.none() | weights((shape[min(1, len(shape) - 1)],)))
    options = {"reduction": draw(REDUCTIONS), "label_smoothing": draw(SMOOTHING)}
    return (draw(elements(shape)), target, weight), options


@st.composite
def crowds(draw):
    """Logits of many classes or of a large batch, and classes as targets."""
    size, few = draw(tile_edges(128)), draw(st.integers(1, 2))
    shape = draw(st.sampled_from([(few, size), (size, few)]))
    target = np.arange(shape[0]) * draw(st.integers(0, 255)) % shape[1]
    return draw(wide(shape)), target


@st.composite
def batches(draw, elements):
    """Logits (batch, classes), and classes as targets."""
    batch, classes = draw(per_axis(2, 1, 4))
    target = draw(codes((batch,))) % classes
    return draw(elements((batch, classes))), target.astype(np.int64)


def one_hot(target, classes):
    return np.eye(classes)[target]
