"""Inputs that several parts of a Transformer use."""

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.known_issues.attention import hides_rows
from properties.strategies import codes, ordinary, whole_numbers

ACTIVATIONS = st.sampled_from(["relu", "gelu"])


@cache
def without_zeros(shape):
    """Numbers as `ordinary` has them, but for 0: there, relu has no derivative."""
    return ordinary(shape).map(lambda x: np.where(x == 0, 0.75, x))


@cache
def moderate(shape):
    """Numbers between −1 and 1, none of which is 0, with random bits."""
    return without_zeros(shape).map(lambda x: x / (1 + abs(x)))


HEADS = st.sampled_from([(2, 4), (1, 3), (2, 2), (1, 2), (2, 4), (1, 4), (4, 4)])
"""Pairs of nhead and d_model."""


@st.composite
def layer_sizes(draw, narrow=13):
    """The shape of a batch, d_ff, and options; one of the sizes is rarely wide."""
    nhead, d_model = draw(HEADS)
    batch, length, d_ff, flags = draw(whole_numbers((0, 2), (1, 3), (1, 3), (0, 7)))
    batch = max(batch, 1)
    wide = draw(st.sampled_from([""] * narrow + ["d_model", "d_ff", "length"]))
    if wide == "d_model":
        batch, d_model = 1, 20
    elif wide == "d_ff":
        d_ff = draw(st.sampled_from([17, 33]))
    elif wide == "length":
        batch, length = 1, 17
    options = {
        "nhead": nhead,
        "norm_first": bool(flags & 1),
        "activation": "gelu" if flags & 2 else "relu",
        "layer_norm_eps": 1.0 if flags & 4 else 1e-5,
    }
    return (batch, length, d_model), d_ff, options


@st.composite
def layers(draw, d_model, d_ff, *, attentions, depth=1, has_norm=False):
    """The weights of `depth` layers, in torch's order; in one of eight no biases."""
    attention = [(3 * d_model, d_model), (3 * d_model,), (d_model, d_model), (d_model,)]
    network = [(d_ff, d_model), (d_ff,), (d_model, d_ff), (d_model,)]
    shapes = attentions * attention + network + (attentions + 1) * [(d_model,)] * 2
    shapes = depth * shapes + has_norm * [(d_model,)] * 2
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    numbers = draw(moderate((int(ends[-1]),)))
    scale = draw(st.sampled_from([0.25, 1]))  # small ones amplify errors less
    has_biases = draw(st.sampled_from([True] * 7 + [False]))
    return [
        scale * part.reshape(shape) if has_biases or index % 2 == 0 else None
        for index, (part, shape) in enumerate(zip(np.split(numbers, ends), shapes))
    ]


@st.composite
def attention_masks(draw, batch, nhead, queries, keys):
    """None, a causal mask, or one that hides what it draws, by bool or by −∞."""
    kinds = ["none", "none", "causal", "bool", "heads", "numbers"]
    kind = draw(st.sampled_from(kinds))
    if kind == "none":
        return None
    if kind == "causal":
        return np.tri(queries, keys, dtype=bool)
    several = (batch * nhead,) if kind == "heads" else ()
    code = draw(codes((*several, queries, keys)))
    if kind == "numbers":
        return np.where(code < 200, code.view(np.int8) / 32, -np.inf)
    return code < 200


@st.composite
def padding_masks(draw, batch, length):
    """None, or where tokens are: in most at the beginning of each sequence."""
    kind = draw(st.sampled_from(["none", "none", "lengths", "lengths", "any"]))
    if kind == "none":
        return None
    if kind == "any":
        return draw(codes((batch, length))) < 200
    return np.arange(length) <= (draw(codes((batch, 1))) % length)


@st.composite
def encoders(draw, *, depth=1, has_norm=False):
    """Sequences, both masks, the weights of layers; and options."""
    shape, d_ff, options = draw(layer_sizes())
    batch, length, d_model = shape
    mask = draw(attention_masks(batch, options["nhead"], length, length))
    padding = draw(padding_masks(batch, length))
    if hides_rows(padding, mask, options["nhead"]):
        options["layer_norm_eps"] = 1.0  # no overflow, so no 0 · ∞
    weights = layers(d_model, d_ff, attentions=1, depth=depth, has_norm=has_norm)
    return (2 * draw(moderate(shape)), mask, padding, *draw(weights)), options


@st.composite
def decoders(draw, *, depth=1, has_norm=False):
    """Sequences, a memory, four masks, the weights of layers; and options."""
    shape, d_ff, options = draw(layer_sizes(narrow=60))
    batch, length, d_model = shape
    reach, nhead = draw(st.integers(1, 3)), options["nhead"]
    tgt, memory = (2 * draw(moderate((batch, n, d_model))) for n in (length, reach))
    masks = [
        draw(attention_masks(batch, nhead, length, length)),
        draw(attention_masks(batch, nhead, length, reach)),
        draw(padding_masks(batch, length)),
        draw(padding_masks(batch, reach)),
    ]
    if any(hides_rows(masks[i + 2], masks[i], nhead) for i in (0, 1)):
        options["layer_norm_eps"] = 1.0  # no overflow, so no 0 · ∞
    weights = layers(d_model, d_ff, attentions=2, depth=depth, has_norm=has_norm)
    return (tgt, memory, *masks, *draw(weights)), options
