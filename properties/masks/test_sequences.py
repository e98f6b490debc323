"""The laws of reference/masks/sequences.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, full_width, sixteenths, whole_numbers
from reference.masks.sequences import (
    decode,
    encode,
    pad_sequence,
    truncate_pad,
    unpad_sequence,
    vocabulary,
)

# --- strategies

SENTENCES = st.lists(st.sampled_from(["I", "like", "cats", "he", "does", "not", "."]))


@st.composite
def batches(draw, elements):
    """Sequences of unequal lengths, none of them perhaps of any; and options."""
    counts = [(1, 4), (0, 2), (0, 1), (0, 1), (0, 2), (0, 5)]
    count, axes, first, left, value, long = draw(whole_numbers(*counts))
    features = draw(whole_numbers(*[(1, 3)] * axes)) if axes else []
    lengths = draw(whole_numbers(*[(0, 4)] * count))
    if long == 5:
        lengths[0] = 33
    options = {"batch_first": bool(first), "padding_value": [0.0, -1.0, 0.3][value]}
    options["padding_side"] = "left" if left else "right"
    return [draw(elements((n, *features))) for n in lengths], options


@st.composite
def numbered(draw):
    """Ids, and a length to bring them to."""
    length, num_steps, padding = draw(whole_numbers((0, 5), (0, 7), (0, 3)))
    ids = draw(codes((length,))).astype(np.int64)
    return ids, {"num_steps": num_steps, "padding": padding}


# --- words


@given(SENTENCES)
def test_vocabulary_has_ids_without_gaps(words):
    """{ids} = {0, …, n}: one for each word, and one for padding"""
    ids = vocabulary(words)
    assert sorted(ids.values()) == [*range(len({*words}) + 1)]
    assert ids["<pad>"] == 0


@given(SENTENCES)
def test_decode_undoes_encode(words):
    """decode(encode(words)) = words"""
    ids = vocabulary(words)
    assert decode(encode(words, ids=ids), ids=ids) == words


def test_vocabulary_by_position_would_leave_gaps():
    """dict(zip(words, range(n))): the last "I" is at 3: 2 words have ids 1, 3"""
    words = ["I", "like", "I", "I"]
    by_position = dict(zip(words, range(len(words))))
    assert sorted(by_position.values()) == [1, 3]
    assert vocabulary(words) == {"<pad>": 0, "I": 1, "like": 2}


def test_vocabulary_of_two_sentences():
    """The notes: dict(zip(words, range(8))), which has 6 words and ids up to 7"""
    words = ["He", "likes", "cats", "He", "does", "not", "like", "cats"]
    by_position = dict(zip(words, range(len(words))))
    notes = {"He": 3, "likes": 1, "cats": 7, "does": 4, "not": 5, "like": 6}
    assert by_position == notes
    assert max(vocabulary(words).values()) == len(notes) == 6
    others = dict(zip(["I", "like", "cats"], range(3)))
    assert others["I"] == vocabulary(others)["<pad>"] == 0


def test_encode_of_two_sentences():
    """I like cats. He does not like cats."""
    ids = {"I": 1, "He": 2, "like": 3, "does": 4, "not": 5, "cats": 6, ".": 0}
    assert encode(["I", "like", "cats", "."], ids=ids) == [1, 3, 6, 0]
    words = ["He", "does", "not", "like", "cats", "."]
    assert encode(words, ids=ids) == [2, 4, 5, 3, 6, 0]


def test_encode_rejects_words_without_an_id():
    with pytest.raises(ValueError, match="'dogs' has no id"):
        encode(["I", "dogs"], ids={"I": 1})
    with pytest.raises(ValueError, match="id 9 is of no word"):
        decode([9], ids={"I": 1})
    with pytest.raises(ValueError, match="which is one of the words"):
        vocabulary(["<pad>"])


# --- padding


@given(batches(sixteenths))
def test_pad_sequence_round_trips(batch):
    """unpad_sequence(pad_sequence(sequences), lengths) = sequences"""
    sequences, options = batch
    options = options | {"padding_side": "right"}
    lengths = np.array([len(s) for s in sequences])
    padded = pad_sequence(*sequences, **options)
    actual = unpad_sequence(padded, lengths, batch_first=options["batch_first"])
    for left, right in zip(actual, sequences):
        assert_equal(left, right)


@given(batches(sixteenths))
def test_pad_sequence_batch_first_is_the_transpose(batch):
    """y[n, t] = y[t, n], as long as the longest"""
    sequences, options = batch
    left, right = (
        pad_sequence(*sequences, **options | {"batch_first": first})
        for first in (True, False)
    )
    assert_equal(left, np.swapaxes(right, 0, 1))
    assert left.shape[:2] == (len(sequences), max(map(len, sequences)))


def test_pad_sequence_of_two_sentences():
    """[3, 1, 7] and [3, 4, 5, 6, 7] are columns, the first filled up with two 0"""
    ids = {"He": 3, "likes": 1, "cats": 7, "does": 4, "not": 5, "like": 6}
    sentences = ["He likes cats", "He does not like cats"]
    numbers = [np.array(encode(words.split(), ids=ids)) for words in sentences]
    expected = np.array([[3, 3], [1, 4], [7, 5], [0, 6], [0, 7]])
    assert_equal(pad_sequence(*numbers), expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
def test_pad_sequence_has_the_dtype_of_the_first(dtype):
    """Of int8 behind it, too"""
    first, second = np.array([1, 2], dtype), np.array([3], np.int8)
    assert_equal(pad_sequence(first, second), np.array([[1, 3], [2, 0]], dtype))


@given(batches(sixteenths))
def test_pad_sequence_on_the_left_is_that_of_reversed_sequences(batch):
    """left(sequences) reversed = right(reversed sequences)"""
    sequences, options = batch
    options = options | {"batch_first": False}
    left = pad_sequence(*sequences, **options | {"padding_side": "left"})
    backwards = [s[::-1] for s in sequences]
    right = pad_sequence(*backwards, **options | {"padding_side": "right"})
    assert_equal(left[::-1], right)


@given(batches(sixteenths))
def test_pad_sequence_fills_with_the_value(batch):
    """Σ y − Σ sequences = padding_value · places that were filled"""
    sequences, options = batch
    options = options | {"padding_value": 0.25}
    padded = pad_sequence(*sequences, **options)
    filled = padded.size - sum(s.size for s in sequences)
    assert padded.sum() - sum(s.sum() for s in sequences) == 0.25 * filled


@given(numbered())
def test_truncate_pad_keeps_the_beginning(example):
    """The first steps stay, the rest is padding; twice is as once"""
    ids, options = example
    y = truncate_pad(ids, **options)
    kept = min(len(ids), options["num_steps"])
    assert len(y) == options["num_steps"]
    assert_equal(y[:kept], ids[:kept])
    assert (y[kept:] == options["padding"]).all()
    assert_equal(truncate_pad(y, **options), y)


# --- errors


def test_pad_sequence_rejects_what_cannot_be_stacked():
    with pytest.raises(ValueError, match="there are no sequences"):
        pad_sequence()
    for other in (np.ones((2, 2)), np.ones(())):
        with pytest.raises(ValueError, match="the same but for it"):
            pad_sequence(np.ones((2, 1)), other)
    with pytest.raises(ValueError, match="they must have a length"):
        pad_sequence(np.ones(()))
    with pytest.raises(ValueError, match="padding_side is 'top'"):
        pad_sequence(np.ones(2), padding_side="top")


def test_unpad_sequence_rejects_lengths_that_do_not_fit():
    padded = np.ones((3, 2))
    for count in (1, 3):
        with pytest.raises(ValueError, match=rf"lengths has shape \({count},\)"):
            unpad_sequence(padded, np.ones(count, int))
    with pytest.raises(ValueError, match=r"it must be in \[0, 3\]"):
        unpad_sequence(padded, np.array([1, 4]))


def test_truncate_pad_rejects_what_is_no_sequence():
    with pytest.raises(ValueError, match="num_steps is -1"):
        truncate_pad(np.ones(1, int), num_steps=-1, padding=0)
    with pytest.raises(ValueError, match=r"input has shape \(1, 1\)"):
        truncate_pad(np.ones((1, 1), int), num_steps=1, padding=0)


# --- agreement


@given(batches(full_width))
def test_pad_sequence_agrees_with_backend(backend, batch):
    """The backend gives the definition's numbers, and their gradients."""
    sequences, options = batch
    agree(backend, pad_sequence, *sequences, **options)


@given(batches(full_width))
def test_unpad_sequence_agrees_with_backend(backend, batch):
    """The backend gives the definition's numbers, and their gradients."""
    sequences, options = batch
    sequences = [s for s in sequences if len(s)] or [np.ones(1)]
    shape = sequences[0].shape[1:]
    sequences = [s for s in sequences if s.shape[1:] == shape]
    lengths = np.array([len(s) for s in sequences])
    first = options["batch_first"]
    padded = pad_sequence(*sequences, batch_first=first)
    agree(backend, unpad_sequence, padded, lengths, batch_first=first)


@given(numbered())
def test_truncate_pad_agrees_with_backend(backend, example):
    """The backend gives the definition's ids."""
    ids, options = example
    agree(backend, truncate_pad, ids, **options)
