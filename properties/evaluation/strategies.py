"""Sentences, as rows of tokens with lengths, and how BLEU is asked for."""

import numpy as np
from hypothesis import strategies as st

from properties.strategies import codes, whole_numbers

WORDS = np.array([0, 1, 2, -1, 10**12, 7, 40, 3])
"""Tokens: any whole numbers."""

LENGTHS = st.sampled_from([5, 4, 6, 7, 3, 2, 1, 0] * 2 + [33, 65, 65])
"""How long the longest sentences are, with their padding."""

OPTIONS = st.fixed_dictionaries(
    {
        "reference_length": st.sampled_from(["closest", "shortest", "average"]),
        "smooth_method": st.sampled_from(
            ["none", "floor", "exp", "add-k", "floor", "exp"]
        ),
        "smooth_value": st.sampled_from([0.1, 1.0, 0.1, 0.5, 2.0]),
        "absent_orders": st.sampled_from(["zero", "reweigh", "skip"]),
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
        whole_numbers((1, 1 if few else batch), (1, references), (1, 8), (0, 3), (0, 4))
    )
    candidates = draw(codes((batch, length))) % vocabulary
    drawn = draw(codes((batch, references, length + more)))
    copies = np.pad(candidates, [(0, 0), (0, more)])[:, None]
    others = np.where(drawn >= 64 * kept, copies, drawn % vocabulary)
    lens = [draw(lens_of(s.shape)) for s in (candidates, others)]
    return WORDS[candidates], lens[0], WORDS[others], lens[1]


def lens_of(shape):
    """Lengths of sentences: half of them all of it, the others up to 6 less."""
    shorter = codes(shape[:-1]).map(lambda code: np.maximum(code % 12 - 5.0, 0))
    return shorter.map(lambda less: np.maximum(shape[-1] - less, 0).astype(np.int64))


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
