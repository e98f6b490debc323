"""Inputs of attention."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes, full_width, whole_numbers

SCALES = st.sampled_from([None, None, None, 1.0, 0.5, 0.3, -0.7, 0.0, 3.0])

EDGES = st.sampled_from([33, 65, 17, 33, 65, 129, 32, 64, 513])
"""Sizes that kernels are tiled by, and one more: often one more."""


@cache
def gentle(shape):
    """Numbers whose products are scores from nearly 0 to some tens."""
    return full_width(shape, extremes=False).map(lambda x: x / 8)


@st.composite
def masks(draw, shape, elements, *, hides_rows=True):
    """None, or a bool mask, or one of numbers and −∞; of a shape that broadcasts."""
    kind, *full = draw(whole_numbers((0, 4), *[(0, 3)] * len(shape)))
    if kind == 0:
        return None
    shape = tuple(n if wide else 1 for n, wide in zip(shape, full))
    if len(shape) == 4 and draw(st.booleans()):
        shape = shape[2:]
    shown = draw(codes(shape)) % 4 > (0 if kind < 4 else 2)
    if not hides_rows:
        shown[..., 0] = True
    if kind % 2:
        return shown
    return np.where(shown, draw(elements(shape)), -np.inf)


@st.composite
def attentions(draw, elements, *, masks=masks, is_large=False, **kept):
    """Queries, keys, values, a mask, and options; one size large, or none."""
    counts = [(1, 2), (1, 2), (1, 4), (1, 4), (1, 3), (1, 3), (0, 5), (0, 2)]
    batch, heads, queries, keys, features, values, long, shares = draw(
        whole_numbers(*counts)
    )
    if is_large:
        edge = draw(EDGES)
        batch = heads = 1
        queries = edge if long == 1 else 1
        keys = edge if long in (0, 2) else 1 + (long == 1)
        features, values = (edge if long in (i, 5) else 1 for i in (3, 4))
    elif long < 3:
        values = features
    lead = (batch, heads * (1 + shares))
    key = draw(elements((batch, heads, keys, features)))
    value = draw(elements((batch, heads, keys, values)))
    query = draw(elements((*lead, queries, features)))
    if is_large:
        query = query / 16  # scores so near that no key has all of the weight
    is_causal = draw(st.integers(0, 3)) == 3
    mask = None if is_causal else draw(masks((*lead, queries, keys), elements, **kept))
    options = {"is_causal": is_causal, "scale": draw(SCALES)}
    return (query, key, value, mask), options | {"enable_gqa": bool(shares)}
