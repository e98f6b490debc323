"""The laws of reference/text/subsequences.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, full_width, sixteenths, whole_numbers
from reference.classification.softmax_regression import linear
from reference.convolution.convolution import conv1d
from reference.text.subsequences import (
    lagged_features,
    seq_data_iter_random,
    seq_data_iter_sequential,
)

# --- strategies


@st.composite
def series(draw, elements):
    """A series of numbers, and how far one looks back."""
    tau, more = draw(whole_numbers((1, 5), (0, 7)))
    length = tau + (33, 0, 1, 2, 3, 5, 65, 9)[more]
    return draw(elements((length,))), tau


@st.composite
def corpora(draw, *, is_sequential=False, is_counted=False):
    """A corpus and how to cut it; some are too short for one minibatch.

    The tokens of a counted one are 0, 1, 2, …: each tells its place.
    """
    batch_size, num_steps, offset, rows, rest = draw(
        whole_numbers((1, 3), (1, 5), (0, 5), (0, 5), (0, 11))
    )
    if rest % 4 == 3:
        num_steps, rows = 33, 2
    offset %= num_steps + is_sequential
    length = offset + 1 + rows * batch_size * num_steps + rest
    tokens = np.arange(length) if is_counted else draw(codes((length,)))
    options = {"batch_size": batch_size, "num_steps": num_steps, "offset": offset}
    return tokens.astype(np.int64), options


@st.composite
def shuffled(draw, **kind):
    """The same, with an order of the subsequences."""
    corpus, options = draw(corpora(**kind))
    count = (len(corpus) - options["offset"] - 1) // options["num_steps"]
    seed = draw(st.integers(0, 255))
    return corpus, np.random.default_rng(seed).permutation(count), options


def notes_random(corpus, order, *, batch_size, num_steps, offset):
    """The notes' code, given what it draws: lists, cut at starts that are shuffled."""
    corpus = [*corpus[offset:]]
    starts = [int(i) * num_steps for i in order]
    batches = len(starts) // batch_size
    for i in range(0, batch_size * batches, batch_size):
        chosen = starts[i : i + batch_size]
        yield [[corpus[j + k : j + k + num_steps] for j in chosen] for k in (0, 1)]


# --- identities


@given(series(sixteenths))
def test_lagged_features_are_sliding_windows_but_the_last(example):
    """features = windows of tau, labels = what comes behind each"""
    input, tau = example
    features, labels = lagged_features(input, tau=tau)
    windows = np.lib.stride_tricks.sliding_window_view(input, tau)
    assert_equal(features, windows[:-1])
    assert_equal(labels, input[tau:])
    assert len(labels) == len(input) - tau


@given(shuffled())
def test_seq_data_iter_random_is_the_notes_loop(example):
    """The code of the notes, with its random offset and its shuffled starts"""
    corpus, order, options = example
    x, y = seq_data_iter_random(corpus, order, **options)
    assert [[a, b] for a, b in zip(x.tolist(), y.tolist())] == [
        *notes_random(corpus.tolist(), order, **options)
    ]


@given(corpora(is_sequential=True))
def test_seq_data_iter_sequential_is_a_corpus_in_rows(example):
    """A row of X behind its other minibatches is a piece of the corpus, without gaps"""
    corpus, options = example
    x, y = seq_data_iter_sequential(corpus, **options)
    width = (len(corpus) - options["offset"] - 1) // options["batch_size"]
    for b in range(options["batch_size"]):
        start, length = options["offset"] + b * width, len(x) * options["num_steps"]
        assert_equal(x[:, b].ravel(), corpus[start : start + length])
        assert_equal(y[:, b].ravel(), corpus[start + 1 : start + 1 + length])


# --- algebra


@given(series(sixteenths), sixteenths((2, 5)))
def test_lagged_features_make_of_a_linear_layer_a_convolution(example, weight):
    """W · features[i] = Σ_j W[:, j] · x[i + j]: what looks back is causal"""
    input, tau = example
    weight = weight[:, :tau]
    left = linear(lagged_features(input, tau=tau)[0], weight)
    if len(left):
        kernel, signal = weight[:, None], input[None, None, :-1]
        assert_equal(left, conv1d(signal, kernel)[0].T)
    assert len(left) == len(input) - tau


@given(series(sixteenths))
def test_lagged_features_of_one_more_step_are_a_column_more(example):
    """features(tau + 1)[i] = input[i], features(tau)[i + 1]"""
    input, tau = example
    wide, labels = lagged_features(np.append(input, 1.0), tau=tau + 1)
    narrow, same = lagged_features(np.append(input, 1.0), tau=tau)
    assert_equal(wide[:, 1:], narrow[1:])
    assert_equal(labels, same[1:])


# --- invariances


@given(shuffled(is_counted=True))
def test_seq_data_iter_random_shifts_and_repeats_no_token(example):
    """Y = X + 1 place; inputs are distinct, starts congruent modulo num_steps"""
    corpus, order, options = example
    x, y = seq_data_iter_random(corpus, order, **options)
    assert_equal(y, x + 1)
    assert len({*x.ravel()}) == x.size
    assert ((x[..., 0] - options["offset"]) % options["num_steps"] == 0).all()
    assert x.shape[0] == len(order) // options["batch_size"]


@given(corpora(is_counted=True, is_sequential=True))
def test_seq_data_iter_sequential_goes_on_where_the_last_minibatch_ended(example):
    """X[i + 1, b, 0] = Y[i, b, last]; Y = X + 1 place; no input comes twice"""
    corpus, options = example
    x, y = seq_data_iter_sequential(corpus, **options)
    assert_equal(y, x + 1)
    assert_equal(x[1:, :, 0], y[:-1, :, -1])
    assert len({*x.ravel()}) == x.size


@given(shuffled(), st.integers(1, 255))
def test_seq_data_iter_random_is_equivariant_under_renaming_tokens(example, key):
    """Ids are only carried: those of f(corpus) are f of those"""
    corpus, order, options = example
    left = seq_data_iter_random(corpus ^ key, order, **options)
    for renamed, one in zip(left, seq_data_iter_random(corpus, order, **options)):
        assert_equal(renamed, one ^ key)


# --- special cases


@given(shuffled(), st.integers(0, 255))
def test_seq_data_iter_random_in_minibatches_of_one_is_shuffled_by_order(example, seed):
    """Another order is the same subsequences in other places"""
    corpus, order, options = example
    options = {**options, "batch_size": 1}
    other = np.random.default_rng(seed).permutation(len(order))
    x, _ = seq_data_iter_random(corpus, order, **options)
    assert_equal(seq_data_iter_random(corpus, order[other], **options)[0], x[other])


def test_seq_data_iter_sequential_of_thirty_five_numbers():
    """0, …, 34 with 2 rows of 5: d2l's example, from offset 0"""
    options = {"batch_size": 2, "num_steps": 5, "offset": 0}
    x, y = seq_data_iter_sequential(np.arange(35), **options)
    assert_equal(x[:, :, 0], np.array([[0, 17], [5, 22], [10, 27]]))
    assert_equal(y[0], np.array([[1, 2, 3, 4, 5], [18, 19, 20, 21, 22]]))


# --- the notes, corrected


@pytest.mark.parametrize("offset", range(5))
def test_seq_data_iter_random_starts_where_the_offset_says(offset):
    """The notes: subsequences from anywhere. All of an epoch start ≡ offset, mod 5"""
    corpus = np.arange(35)
    order = np.random.default_rng(offset).permutation((34 - offset) // 5)
    options = {"batch_size": 2, "num_steps": 5, "offset": offset}
    x, _ = seq_data_iter_random(corpus, order, **options)
    assert {*(x[..., 0] % 5).flat} == {offset}
    assert len({*x.flat}) == x.size == 30


def test_seq_data_iter_random_of_a_short_corpus_is_empty():
    """8 tokens have one subsequence of 5: not a minibatch of two"""
    options = {"batch_size": 2, "num_steps": 5, "offset": 0}
    x, y = seq_data_iter_random(np.arange(8), np.array([0]), **options)
    assert x.shape == y.shape == (0, 2, 5)


# --- errors


def test_lagged_features_rejects_what_it_cannot_look_back_in():
    with pytest.raises(ValueError, match="tau is 0"):
        lagged_features(np.zeros(2), tau=0)
    with pytest.raises(ValueError, match="length is 2"):
        lagged_features(np.zeros(2), tau=3)
    with pytest.raises(ValueError, match="input has shape"):
        lagged_features(np.zeros((2, 2)), tau=1)


ITERATORS = pytest.mark.parametrize(
    "iterator",
    [
        seq_data_iter_sequential,
        lambda x, **options: seq_data_iter_random(x, np.arange(4), **options),
    ],
    ids=["sequential", "random"],
)


@ITERATORS
@pytest.mark.parametrize("name", ["batch_size", "num_steps"])
def test_seq_data_iter_sequential_and_random_reject_zero(iterator, name):
    options = {"batch_size": 1, "num_steps": 2, "offset": 0, name: 0}
    with pytest.raises(ValueError, match=f"{name} is 0"):
        iterator(np.arange(9), **options)


@ITERATORS
@pytest.mark.parametrize("offset", [-1, 3, 2])
def test_seq_data_iter_sequential_and_random_reject_other_offsets(iterator, offset):
    length = 9 if offset != 2 else 2
    with pytest.raises(ValueError, match=f"offset is {offset}"):
        iterator(np.arange(length), batch_size=1, num_steps=2, offset=offset)


def test_seq_data_iter_random_rejects_an_offset_of_num_steps():
    """Which the other takes: a step further, and another permutation would do it"""
    corpus, options = np.arange(9), {"batch_size": 1, "num_steps": 2, "offset": 2}
    with pytest.raises(ValueError, match=r"offset is 2; it must be in \[0, 1\]"):
        seq_data_iter_random(corpus, np.arange(3), **options)
    assert len(seq_data_iter_sequential(corpus, **options)[0]) == 3


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 1, 2, 2], [[0, 1], [2, 3]]])
def test_seq_data_iter_random_rejects_what_is_no_permutation(order):
    options = {"batch_size": 1, "num_steps": 2, "offset": 0}
    with pytest.raises(ValueError, match="it must be a permutation of 4"):
        seq_data_iter_random(np.arange(9), np.array(order), **options)


def test_seq_data_iter_random_rejects_an_order_of_two_axes():
    """Also of the one subsequence that there is"""
    options = {"batch_size": 1, "num_steps": 2, "offset": 0}
    with pytest.raises(ValueError, match="it must be a permutation of 1"):
        seq_data_iter_random(np.arange(3), np.array([[0]]), **options)


# --- agreement


@given(series(full_width))
def test_lagged_features_agrees_with_backend(backend, example):
    """The backend moves numbers, and does not change them."""
    input, tau = example
    agree(backend, lagged_features, input, tau=tau)


@given(shuffled())
def test_seq_data_iter_random_agrees_with_backend(backend, example):
    """The backend has the same tokens in the same places."""
    *tensors, options = example
    agree(backend, seq_data_iter_random, *tensors, **options)


@given(corpora(is_sequential=True))
def test_seq_data_iter_sequential_agrees_with_backend(backend, example):
    """The backend has the same tokens in the same places."""
    corpus, options = example
    agree(backend, seq_data_iter_sequential, corpus, **options)
