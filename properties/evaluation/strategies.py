"""Sentences, as rows of tokens with lengths, and how BLEU is asked for."""

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes, whole_numbers

WORDS = np.array([0, 1, 2, -1, 10**12, 7, 40, 3])
"""Tokens: any whole numbers."""

OFFSETS = np.array([0, 1, -1, 1, -1, 2, -2, -9])
"""How much longer references are than their candidate."""

LENGTHS = st.sampled_from([3, 5, 2, 4, 3, 6, 7, 1, 2, 0] * 2 + [33, 65, 65])
"""How long the longest sentences are, with their padding."""

OPTIONS = st.fixed_dictionaries(
    {
        "reference_length": st.sampled_from(
            ["closest", "shortest", "closest", "average"]
        ),
        "smooth_method": st.sampled_from(
            ["none", "floor", "exp", "add-k", "floor", "exp"]
        ),
        "smooth_value": st.sampled_from([0.1, 1.0, 0.1, 0.5, 2.0]),
        "absent_orders": st.sampled_from(["reweigh", "zero", "skip"]),
    }
)


@st.composite
def corpora(draw, *, batch=3, references=3, lengths=LENGTHS):
    """Candidates and their lengths, references and theirs: some match a lot, some not.

    What is beyond a sentence's length are words, too.
    """
    length = draw(lengths)
    few = length > 9
    batch, references, vocabulary, more, kept = draw(
        whole_numbers((0, 0 if few else batch), (1, references), (1, 8), (1, 3), (0, 4))
    )
    batch = max(1, batch)
    candidates = draw(codes((batch, length))) % vocabulary
    drawn = draw(codes((batch, references, length + more)))
    copies = np.pad(candidates, [(0, 0), (0, more)])[:, None]
    others = np.where(drawn >= 64 * kept, copies, drawn % vocabulary)
    shorter, offsets = draw(codes((batch,))), draw(codes((batch, references)))
    lens = np.maximum(length - np.maximum(shorter % 12 - 5.0, 0), 0)
    others_lens = np.clip(lens[:, None] + OFFSETS[offsets % 8], 0, length + more)
    lens, others_lens = lens.astype(np.int64), others_lens.astype(np.int64)
    return WORDS[candidates], lens, WORDS[others], others_lens


@st.composite
def lengths_alone(draw):
    """Sentences of one word, so that nothing but their lengths matters; and options."""
    batch, references, orders = draw(whole_numbers((2, 3), (2, 3), (1, 3)))
    lens = 3 + draw(codes((batch,))) % 4
    offsets = np.array([1, -1, 2, -2, 0])[draw(codes((batch, references))) % 5]
    tensors = np.zeros((batch, 6), int), lens.astype(np.int64)
    tensors += np.zeros((batch, references, 8), int), lens[:, None] + offsets
    return (*tensors, np.full(orders, 1 / orders)), draw(OPTIONS)


@st.composite
def missed_orders(draw):
    """A short sentence some words of which match, of which long n-grams may not."""
    (length,) = draw(whole_numbers((1, 6)))
    candidate = np.arange(length)
    label = np.where(draw(codes((length,))) % 4, -1, candidate)
    label[0] = 0
    return (*against(candidate, label), np.full(4, 0.25)), draw(OPTIONS)


@st.composite
def order_weights(draw, most=4):
    """The notes' weights 1/2^n, Papineni's 1/N, or any sixteenths."""
    kind, n = draw(whole_numbers((0, 3), (0, 2 * most - 1)))
    n = max(1, most - n // 2)
    if kind == 2:
        return 0.5 ** np.arange(1, n + 1)
    if kind == 3:
        return (draw(codes((n,))) % 16 + (np.arange(n) == 0)) / 16
    return np.full(n, 1 / n)


@st.composite
def scored(draw, **sizes):
    """Sentences, weights and options."""
    return (*draw(corpora(**sizes)), draw(order_weights())), draw(OPTIONS)


@st.composite
def sequences(draw, *, least=0):
    """Two rows of tokens, the second often like the first."""
    n, m, vocabulary = draw(whole_numbers((least, 7), (least, 7), (1, 4)))
    pred, drawn = draw(codes((n,))) % vocabulary, draw(codes((m,)))
    copy = np.resize(pred, m) if n else drawn % vocabulary
    label = np.where(drawn < 128, copy, drawn % vocabulary)
    return pred.astype(np.int64), label.astype(np.int64)


def alone(tokens):
    """A corpus of one sentence."""
    return tokens[None], np.array([len(tokens)])


def against(pred, label):
    """One candidate with one reference."""
    return *alone(pred), *[part[None] for part in alone(label)]
