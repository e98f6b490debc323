"""Tables of next tokens: chains, trees of prefixes, and whatever else has states."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes, filled, whole_numbers
from reference.search.next_token_tables import prefix_tree

SIZES = [(3, 3), (2, 3), (3, 2), (2, 4), (4, 2), (2, 1), (1, 2), (5, 2), (3, 1), (2, 5)]
"""Sizes of a vocabulary, and steps: few enough for all sequences to be looked at."""

MANY = [(33, 1), (17, 2), (65, 1), (33, 2)]
"""The same, where rows are as long as what kernels are tiled by."""

TABLES = st.sampled_from(SIZES * 3 + MANY)
SMALL = st.sampled_from(SIZES)
PENALTIES = (0.0, 0.75, 1.0, 0.5, 2.0, -1.0)


@cache
def log_numbers(shape):
    """Numbers of mixed magnitudes; in one array of four some −∞, which is never."""
    return filled(shape, lambda seed: 16 * (-np.inf,) if seed % 4 == 1 else ())


@cache
def quarters(shape):
    """k/4, |k| ≤ 3: many are equal, and a few of them add up exactly in every dtype."""
    return codes(shape).map(lambda code: (code % 7 - 3.0) / 4)


@st.composite
def tables(draw, elements, *, sizes=SMALL, ends=True):
    """log_probs and next_state of any states, chains or prefixes; steps and eos."""
    vocabulary, steps = draw(sizes)
    kind, batch, states, eos = draw(
        whole_numbers((0, 2), (1, 3), (1, 5), (0, vocabulary))
    )
    batch = min(batch, 1 + 9 // vocabulary)
    if kind == 1:
        states, next_state = 1 + vocabulary, 1 + np.arange(vocabulary)
    elif kind == 2 and vocabulary < 9:
        next_state = prefix_tree(vocabulary=vocabulary, steps=steps)
        states = len(next_state)
    else:
        next_state = draw(codes((batch, states, vocabulary))) % states
    shape = batch, states, vocabulary
    next_state = np.broadcast_to(next_state, shape).astype(np.int64)
    options = {"steps": steps}
    if ends:
        options["eos"] = eos if eos < vocabulary else None
    log_probs = draw(elements(shape))
    if vocabulary > 9:
        log_probs[:, 0, -1] = log_probs.max() + 1
    return (log_probs, next_state), options


@st.composite
def searches(draw, elements, *, sizes=SMALL, penalties=PENALTIES):
    """The same, with how lengths count."""
    tensors, options = draw(tables(elements, sizes=sizes))
    penalty, counts = draw(whole_numbers((0, len(penalties) - 1), (0, 1)))
    options |= {"length_penalty": penalties[penalty], "count_eos": counts == 0}
    return tensors, options


@st.composite
def beams(draw, elements, *, sizes=SMALL, penalties=PENALTIES):
    """The same, with a number of beams."""
    tensors, options = draw(searches(elements, sizes=sizes, penalties=penalties))
    return tensors, options | {"num_beams": draw(st.integers(1, 5))}
