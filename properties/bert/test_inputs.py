"""The laws of reference/bert/inputs.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, whole_numbers
from reference.bert.inputs import get_tokens_and_segments, pad_bert_input

# --- strategies

MARKS = st.sampled_from([(101, 102), (1, 2), (7, 0), (0, 0)])
"""Pairs of cls and sep."""

LENGTHS = st.sampled_from([2, 1, 0, 3, 33, 65])


@st.composite
def pairs(draw):
    """One sentence or two, any of them empty; and the marks."""
    first, second = draw(LENGTHS), draw(LENGTHS)
    numbers = draw(codes((first + second,))).astype(np.int64)
    cls, sep = draw(MARKS)
    is_pair = draw(st.sampled_from([True, True, False]))
    sentences = numbers[:first], numbers[first:] if is_pair else None
    return sentences, {"cls": cls, "sep": sep}


@st.composite
def examples(draw):
    """A sequence with its segments, predictions with their labels; and options."""
    length, preds, *more, padding = draw(
        whole_numbers((1, 5), (0, 3), (0, 4), (0, 3), (0, 5))
    )
    length = draw(st.sampled_from([length, length, 33]))
    tokens = draw(codes((length,))).astype(np.int64)
    positions, labels = draw(codes((2, preds))).astype(np.int64) % [[length], [256]]
    segments = np.arange(length) // max(length // 2, 1) % 2
    options = {"max_len": length + more[0], "max_preds": preds + more[1]}
    return (tokens, segments, positions, labels), {**options, "padding": padding}


# --- two sentences


@given(pairs())
def test_get_tokens_and_segments_has_two_or_three_marks(example):
    """|tokens| = |segments| = |a| + 2, or |a| + |b| + 3"""
    (a, b), options = example
    tokens, segments = get_tokens_and_segments(a, b, **options)
    expected = len(a) + 2 if b is None else len(a) + len(b) + 3
    assert len(tokens) == len(segments) == expected


@given(pairs())
def test_get_tokens_and_segments_round_trips(example):
    """Without the marks, segment 0 is a and segment 1 is b, even if sep is a word"""
    (a, b), options = example
    tokens, segments = get_tokens_and_segments(a, b, **options)
    assert_equal(tokens[segments == 0][1:-1], a)
    assert_equal(tokens[segments == 1][:-1], a[:0] if b is None else b)


@given(pairs())
def test_get_tokens_and_segments_is_monotone_in_segments(example):
    """segments never decrease, and a segment ends where its sep is"""
    sentences, options = example
    tokens, segments = get_tokens_and_segments(*sentences, **options)
    assert (np.diff(segments) >= 0).all()
    ends = np.append(np.diff(segments) > 0, True)
    assert tokens[0] == options["cls"]
    assert (tokens[ends] == options["sep"]).all()
    assert ends.sum() == sum(sentence is not None for sentence in sentences)


@given(pairs())
def test_get_tokens_and_segments_begins_with_those_of_the_first(example):
    """What is made of a alone is where what is made of a and b begins"""
    (a, b), options = example
    short = get_tokens_and_segments(a, **options)
    for left, right in zip(get_tokens_and_segments(a, b, **options), short):
        assert_equal(left[: len(right)], right)


def test_get_tokens_and_segments_of_no_words_are_marks():
    """cls sep, and cls sep sep: an empty second sentence is not none"""
    none = np.zeros(0, np.int64)
    single = get_tokens_and_segments(none, cls=8, sep=9)
    double = get_tokens_and_segments(none, none, cls=8, sep=9)
    assert [part.tolist() for part in single] == [[8, 9], [0, 0]]
    assert [part.tolist() for part in double] == [[8, 9, 9], [0, 0, 1]]


def test_get_tokens_and_segments_of_the_notes():
    """<cls> a a <sep> b <sep>, segments 0 0 0 0 1 1"""
    tokens, segments = get_tokens_and_segments(
        np.array([5, 6]), np.array([7]), cls=1, sep=2
    )
    assert tokens.tolist() == [1, 5, 6, 2, 7, 2]
    assert segments.tolist() == [0, 0, 0, 0, 1, 1]


def test_get_tokens_and_segments_rejects_batches():
    line, table = np.zeros(2, np.int64), np.zeros((1, 2), np.int64)
    with pytest.raises(ValueError, match="tokens_a has shape"):
        get_tokens_and_segments(table, line, cls=1, sep=2)
    with pytest.raises(ValueError, match="tokens_b has shape"):
        get_tokens_and_segments(line, table, cls=1, sep=2)


# --- padding


@given(examples())
def test_pad_bert_input_round_trips(example):
    """Up to the valid length, and where the mask is True, all is as it was"""
    (tokens, segments, positions, labels), options = example
    padded = pad_bert_input(tokens, segments, positions, labels, **options)
    length, mask = int(padded[2]), padded[4]
    assert_equal(padded[0][:length], tokens)
    assert_equal(padded[1][:length], segments)
    assert_equal(padded[3][mask], positions)
    assert_equal(padded[5][mask], labels)


@given(examples(), st.integers(0, 3), st.integers(0, 3))
def test_pad_bert_input_step_by_step_is_that_at_once(example, longer, more):
    """pad(pad(x, n), n + k) = pad(x, n + k) but for the length and the mask"""
    tensors, options = example
    further = {**options, "max_len": options["max_len"] + longer}
    further["max_preds"] = options["max_preds"] + more
    tokens, segments, _, positions, _, labels = pad_bert_input(*tensors, **options)
    left = pad_bert_input(tokens, segments, positions, labels, **further)
    right = pad_bert_input(*tensors, **further)
    for part in (0, 1, 3, 5):
        assert_equal(left[part], right[part])


@given(examples())
def test_pad_bert_input_fills_with_padding_and_zeros(example):
    """padding after the tokens; 0 after segments, positions and labels"""
    tensors, options = example
    padded = pad_bert_input(*tensors, **options)
    fills = zip((0, 1, 3, 5), tensors, (options["padding"], 0, 0, 0))
    for part, tensor, fill in fills:
        assert (padded[part][len(tensor) :] == fill).all()


def test_pad_bert_input_of_many_tokens_is_as_it_was():
    tokens, one = np.arange(300), np.ones(1, np.int64)
    options = {"max_len": 300, "max_preds": 1, "padding": 0}
    assert_equal(pad_bert_input(tokens, tokens, one, one, **options)[0], tokens)


def test_pad_bert_input_of_three_tokens_has_no_room_in_the_book():
    """round(0.15 · 3) = 0 predictions of room, for the one that there has to be"""
    tokens, one = np.arange(3), np.ones(1, np.int64)
    with pytest.raises(ValueError, match="at most 0"):
        pad_bert_input(
            *(tokens, tokens, one, one),
            max_len=3,
            max_preds=round(0.15 * 3),
            padding=0,
        )


@pytest.mark.parametrize(
    ("sizes", "problem"),
    [
        (((3,), (2,), (1,), (1,)), "tokens and segments are 3 and 2"),
        (((5,), (5,), (1,), (1,)), "tokens and segments are 5 and 5"),
        (((3,), (3,), (1,), (2,)), "pred_positions and labels are 1 and 2"),
        (((3,), (3,), (3,), (3,)), "pred_positions and labels are 3 and 3"),
        (((3, 1), (3,), (1,), (1,)), "tokens has shape"),
        (((3,), (3,), (1, 1), (1,)), "pred_positions has shape"),
    ],
)
def test_pad_bert_input_rejects_what_does_not_fit(sizes, problem):
    tensors = [np.zeros(shape, np.int64) for shape in sizes]
    with pytest.raises(ValueError, match=problem):
        pad_bert_input(*tensors, max_len=4, max_preds=2, padding=0)


# --- agreement


@given(pairs())
def test_get_tokens_and_segments_agrees_with_backend(backend, example):
    """The backend gives the same tokens and segments."""
    tensors, options = example
    agree(backend, get_tokens_and_segments, *tensors, **options)


@given(examples())
def test_pad_bert_input_agrees_with_backend(backend, example):
    """The backend gives the same numbers and the same mask."""
    tensors, options = example
    agree(backend, pad_bert_input, *tensors, **options)
