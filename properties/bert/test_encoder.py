"""The laws of reference/bert/encoder.py, then its agreement with the backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient, untaped
from properties.operations import tensor_names
from properties.strategies import codes, fractions, ordinary, sixteenths, whole_numbers
from properties.transformer.strategies import layers, moderate
from reference.bert.encoder import bert_embedding, bert_encoder, bert_parameter_count
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.encoder import transformer_encoder

# --- strategies

EMBEDDED = st.sampled_from(
    [(2, 3, 2), (1, 2, 33), (3, 1, 4), (1, 33, 2), (1, 2, 65), (0, 2, 3), (2, 4, 1)]
)
"""Tuples of batch, length and features."""


@st.composite
def embedded(draw, elements, sizes=EMBEDDED):
    """Tokens, segments, and the three tables."""
    batch, length, features = draw(sizes)
    drawn = draw(codes((2, batch, length))).astype(np.int64)
    tables = [(4, features), (2, features), (1, length + draw(st.integers(0, 2)))]
    shapes = [*tables[:2], (*tables[2], features)]
    return drawn[0] % 4, drawn[1] % 2, *[draw(elements(shape)) for shape in shapes]


EPS = st.sampled_from([1.0, None, 0.125, 1e-12])
"""What stabilises a norm; None if there is no norm."""


@st.composite
def normed(draw, elements):
    """As `embedded`, with the weight and the bias of a norm or without; and eps."""
    tensors = draw(embedded(elements))
    shape = tensors[2].shape[1:]
    weights = [draw(elements(shape)), draw(elements(shape))]
    eps = draw(EPS)
    weights = weights if eps is not None else (None, None)
    return (*tensors, *weights), {"eps": 1e-12 if eps is None else eps}


SMALL = st.sampled_from([(2, 2, 2), (1, 3, 2), (1, 2, 4), (2, 3, 2)] * 4 + [(1, 17, 2)])


OPTIONS = st.tuples(
    st.sampled_from([2, 1]),
    st.sampled_from(["relu", "gelu"]),
    st.sampled_from([1.0, 1e-5]),
)
"""Tuples of nhead, activation and layer_norm_eps."""


@st.composite
def berts(draw, depth=1):
    """Tokens, segments, lengths or None, the tables, weights of layers; and options."""
    tokens, segments, *tables = draw(embedded(moderate, SMALL))
    d_model = tables[0].shape[1]
    lengths = draw(codes((len(tokens),))).astype(np.int64) % tokens.shape[1] + 1
    d_ff, is_padded = draw(whole_numbers((1, 3), (0, 2)))
    lengths = lengths if is_padded else None
    weights = draw(layers(d_model, d_ff, attentions=1, depth=depth))
    options = dict(zip(("nhead", "activation", "layer_norm_eps"), draw(OPTIONS)))
    return (tokens, segments, lengths, *tables, *weights), options


# --- embeddings


@given(embedded(fractions), st.integers(-8, 8))
def test_bert_embedding_is_additive_in_the_tables(example, a):
    """e(T + a, S, P) = e(T, S + a, P) = e(T, S, P + a) = e(T, S, P) + a"""
    tokens, segments, *tables = example
    right = bert_embedding(*example) + a
    for i in range(3):
        moved = [table + a * (i == k) for k, table in enumerate(tables)]
        assert_equal(bert_embedding(tokens, segments, *moved), right)


@given(embedded(fractions))
def test_bert_embedding_of_other_segments_differs_by_theirs(example):
    """e(t, 1 − s) − e(t, s) = S[1 − s] − S[s], whatever the tokens are"""
    tokens, segments, words, kinds, positions = example
    left = bert_embedding(tokens, 1 - segments, words, kinds, positions)
    left = left - bert_embedding(*example)
    assert_equal(left, kinds[1 - segments] - kinds[segments])


@given(embedded(fractions))
def test_bert_embedding_of_a_repeated_token_differs_by_its_position(example):
    """One token, one segment everywhere: y[n, t] − y[n, 0] = P[0, t] − P[0, 0]"""
    tokens, segments, *tables = example
    y = bert_embedding(0 * tokens, 0 * segments, *tables)
    own = tables[2][:, : tokens.shape[1]]
    assert_equal(y - y[:, :1], np.broadcast_to(own - own[:, :1], y.shape))


@given(normed(sixteenths))
def test_bert_embedding_is_normed_last(example):
    """e with a norm = norm(e without)"""
    (*tensors, weight, bias), options = example
    left = bert_embedding(*tensors, weight, bias, **options)
    right = bert_embedding(*tensors)
    if weight is not None:
        shape = {"normalized_shape": weight.shape, **options}
        right = layer_norm(right, weight, bias, **shape)
    assert_equal(left, right)


@given(embedded(fractions))
def test_bert_embedding_gradient_counts_ids(example):
    """∂ Σ y: how often a token, a segment is there; the batch, at each position"""
    tokens, segments, *tables = example
    ones = np.ones((*tokens.shape, tables[0].shape[1]), object)
    slopes = gradient(lambda *t: bert_embedding(tokens, segments, *t), tables, ones)
    places = [len(tokens) * (t < tokens.shape[1]) for t in range(tables[2].shape[1])]
    counts = [np.bincount(ids.ravel(), minlength=4) for ids in (tokens, segments)]
    for slope, count in zip(slopes, (counts[0], counts[1][:2], np.array(places))):
        rows = count[:, None].astype(object) * np.ones(slope.shape[-1], int)
        assert_equal(slope, rows.reshape(slope.shape))


@pytest.mark.parametrize(
    ("index", "wrong", "problem"),
    [
        (0, np.full((1, 2), 4), "input has 4; ids must be in \\[0, 4\\)"),
        (1, np.full((1, 2), 2), "input has 2; ids must be in \\[0, 2\\)"),
        (1, np.zeros((1, 3), int), "tokens and segments have shapes"),
        (0, np.zeros(2, int), "its axes must be"),
        (3, np.ones((2, 4)), "they must have as many features"),
        (3, np.ones((2, 1)), "they must have as many features"),
        (4, np.ones((1, 1, 3)), "with 2 steps and 1 positions"),
        (5, np.ones(3), "one is None"),
    ],
)
def test_bert_embedding_rejects_what_does_not_fit(index, wrong, problem):
    ids = np.zeros((1, 2), int)
    tensors = [ids, ids, np.ones((4, 3)), np.ones((2, 3)), np.ones((1, 2, 3)), None]
    tensors[index] = wrong
    with pytest.raises(ValueError, match=problem):
        bert_embedding(*tensors)


# --- the encoder


@given(berts(depth=2))
def test_bert_encoder_reduces_to_an_encoder_of_embeddings(example):
    """bert(tokens, segments) = encoder(e(tokens, segments)), where all is valid"""
    (tokens, segments, _, *others), options = example
    tables, weights = others[:3], others[3:]
    x = bert_embedding(tokens, segments, *tables)
    right = transformer_encoder(x, None, None, *weights, norm_first=False, **options)
    left = bert_encoder(tokens, segments, None, *others, **options)
    assert_equal(left, right)
    full = np.full(len(tokens), tokens.shape[1])
    assert_equal(bert_encoder(tokens, segments, full, *others, **options), right)


@given(berts(), st.integers(0, 3))
def test_bert_encoder_is_invariant_under_padding(example, token):
    """Before valid_lens, nothing depends on what follows, nor on its length"""
    (tokens, segments, lens, *others), options = example
    lens = np.arange(len(tokens)) % tokens.shape[1] + 1 if lens is None else lens
    mask = np.arange(tokens.shape[1]) < lens[:, None]
    other = np.where(mask, tokens, token), np.where(mask, segments, token % 2)
    left = bert_encoder(*other, lens, *others, **options)
    for n, length in enumerate(lens):
        short = tokens[n : n + 1, :length], segments[n : n + 1, :length]
        (right,) = bert_encoder(*short, None, *others, **options)
        assert_equal(left[n, :length], right)


@given(berts(), st.randoms(use_true_random=False))
def test_bert_encoder_without_positions_is_equivariant_under_permutations(
    example, random
):
    """P = 0: tokens in another order have the same vectors, in that order"""
    (tokens, segments, _, words, kinds, positions, *weights), options = example
    order = random.sample(range(tokens.shape[1]), tokens.shape[1])
    tables = bounded(words), bounded(kinds), bounded(0 * positions)
    weights = [w if w is None else bounded(w) for w in weights]
    moved = tokens[:, order], segments[:, order], None
    left = bert_encoder(*moved, *tables, *weights, **options)
    right = bert_encoder(tokens, segments, None, *tables, *weights, **options)
    assert_equal(left, right[:, order])


@given(berts())
def test_bert_encoder_of_no_layers_is_its_embeddings(example):
    """bert(tokens, segments) = e(tokens, segments)"""
    tensors, options = example
    left = bert_encoder(*tensors[:6], **options)
    assert_equal(left, bert_embedding(*tensors[:2], *tensors[3:6]))


def small_bert():
    """Two tokens in one sequence, and weights that are no one's choice."""
    random = np.random.default_rng(0)
    shapes = [(3, 2), (2, 2), (1, 2, 2), (6, 2), (6,), (2, 2), (2,)]
    shapes += [(3, 2), (3,), (2, 3), (2,), (2,), (2,), (2,), (2,)]
    return [random.normal(size=shape) for shape in shapes]


def test_bert_encoder_is_not_causal():
    """Another last token: the vector of the first is another"""
    segments = np.zeros((1, 2), int)
    y = [
        bert_encoder(np.array([[0, last]]), segments, None, *small_bert(), nhead=1)
        for last in (1, 2)
    ]
    assert (y[0][0, 0] != y[1][0, 0]).any()


def test_bert_encoder_gradient_reaches_positions():
    """The notes: positions are learnt; but their code adds pos_embedding.data.

    What is added as data has no gradient: it is a constant, and never moves.
    """
    words, kinds, positions, *weights = [w.astype(object) for w in small_bert()]
    ids = np.array([[0, 1]]), np.zeros((1, 2), int), None

    def encode(positions):
        return bert_encoder(*ids, words, kinds, positions, *weights, nhead=1)

    cotangent = np.arange(1.0, 5).reshape(1, 2, 2) ** 2
    (slopes,) = gradient(encode, [positions], cotangent)
    (none,) = gradient(lambda p: encode(untaped(p)), [positions], cotangent)
    assert (slopes != 0).all()
    assert (none == 0).all()


@pytest.mark.parametrize(
    ("lens", "problem"),
    [
        ([1, 2], "valid_lens has shape \\(2,\\)"),
        (1, "valid_lens has shape \\(\\)"),
        ([0], "valid_lens is \\[0\\]"),
        ([3], "valid_lens is \\[3\\]"),
    ],
)
def test_bert_encoder_rejects_lengths(lens, problem):
    ids = np.zeros((1, 2), int)
    with pytest.raises(ValueError, match=problem):
        bert_encoder(ids, ids, np.array(lens), *small_bert(), nhead=1)


# --- how many numbers

BASE = {"vocab_size": 30522, "hidden_size": 768, "num_layers": 12}
LARGE = {"vocab_size": 30522, "hidden_size": 1024, "num_layers": 24}


def test_bert_parameter_count_of_both_sizes():
    """The notes: 110M and 340M parameters.

    With 30522 tokens and 512 positions they are 109.48M, about 110M, and 335.14M.
    """
    assert bert_parameter_count(**BASE) == 109_482_240
    assert bert_parameter_count(**LARGE) == 335_141_888


@given(
    st.integers(1, 9), st.integers(1, 4), st.integers(0, 3), *[st.integers(1, 5)] * 2
)
def test_bert_parameter_count_is_that_of_the_tensors(v, h, depth, f, positions):
    """The sum of the sizes of all weights, with their norm and a pooler or without"""
    layer = [(3 * h, h), (3 * h,), (h, h), (h,), (f, h), (f,), (h, f), (h,)]
    tables = [(v, h), (2, h), (positions, h)]
    sizes = {"vocab_size": v, "hidden_size": h, "num_layers": depth}
    sizes |= {"intermediate_size": f, "max_len": positions}
    for norm, pooler in [(True, True), (True, False), (False, True), (False, False)]:
        shapes = tables + depth * (layer + 4 * [(h,)]) + norm * 2 * [(h,)]
        shapes += pooler * [(h, h), (h,)]
        count = bert_parameter_count(**sizes, has_norm=norm, has_pooler=pooler)
        assert count == sum(map(math.prod, shapes))


@given(st.integers(0, 24), st.integers(1, 64), st.integers(1, 999))
def test_bert_parameter_count_is_additive_in_layers_and_tokens(depth, h, v):
    """Each layer has as many as the first, of 12 H² + 13 H; each token has H"""
    sizes = {"vocab_size": v, "hidden_size": h, "num_layers": depth}
    count = bert_parameter_count(**sizes)
    deeper = bert_parameter_count(**{**sizes, "num_layers": depth + 1})
    assert deeper - count == 12 * h * h + 13 * h
    assert bert_parameter_count(**{**sizes, "vocab_size": v + 1}) - count == h


@pytest.mark.parametrize("name", ["vocab_size", "hidden_size", "max_len"])
def test_bert_parameter_count_rejects_no_size(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        bert_parameter_count(**{**BASE, name: 0})
    with pytest.raises(ValueError, match="num_layers is -1"):
        bert_parameter_count(**{**BASE, "num_layers": -1})


# --- agreement


@given(normed(ordinary))
def test_bert_embedding_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, bert_embedding, *tensors, **options)


@given(berts())
def test_bert_encoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises.

    The gradient is by the three tables: by a layer's weights it is that of the layer.
    """
    tensors, options = example
    names = tensor_names(bert_encoder, len(tensors))[6:]
    agree(backend, bert_encoder, *tensors, constant=names, **options)
