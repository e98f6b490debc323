"""The laws of reference/masks/masks.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, full_width, whole_numbers
from reference.classification.softmax import softmax
from reference.masks.masked import masked_softmax
from reference.masks.masks import (
    additive_mask,
    causal_mask,
    class_masks,
    combined_mask,
    hidden_mask,
    padding_mask,
    sequence_mask,
)
from reference.masks.sequences import pad_sequence

# --- strategies


@st.composite
def ids(draw):
    """Ids of one or two axes, some of them padding; rarely many."""
    axes, length, padding = draw(whole_numbers((1, 2), (0, 20), (0, 3)))
    size = (33,) if length == 20 else (2, length % 4)[-axes:]
    return (draw(codes(size)) % 4).astype(np.int64), {"padding_idx": padding}


@st.composite
def lengths(draw):
    """Valid lengths of one or two axes, some beyond the longest, some below 0."""
    max_len, *size = draw(whole_numbers((0, 5), (0, 3), (1, 3)))
    if draw(st.integers(0, 4)) == 4:
        max_len = 33
    numbers = draw(codes(tuple(size))).astype(np.int64) % (max_len + 4) - 1
    return numbers, {"max_len": max_len}


@st.composite
def choices(draw, axes=2):
    """A bool mask."""
    size = draw(whole_numbers(*[(1, 4)] * axes))
    return draw(codes(tuple(size))) % 2 == 0


@st.composite
def pairs(draw):
    """A mask of keys, one of queries and keys, and heads."""
    batch, queries, keys, heads = draw(whole_numbers(*[(1, 3)] * 4))
    valid = draw(codes((batch, keys))) % 2 == 0
    return (valid, draw(codes((queries, keys))) % 2 == 0), {"heads": heads}


@st.composite
def maps(draw):
    """A map of labels, some of them of no class."""
    size = tuple(draw(whole_numbers((1, 3), (1, 3))))
    labels = draw(codes(size)).astype(np.int64) % 5 - 1
    return labels, {"num_classes": draw(st.integers(1, 4))}


# --- padding


@given(lengths())
def test_sequence_mask_has_as_many_steps_as_its_length(example):
    """Σ_t m[t] = length, clipped to what there is"""
    lens, options = example
    actual = sequence_mask(lens, **options).sum(-1)
    assert_equal(actual, np.clip(lens, 0, options["max_len"]))


@given(lengths())
def test_sequence_mask_is_monotone_in_time(example):
    """m[t] ≥ m[t + 1]: what is valid comes first"""
    lens, options = example
    mask = sequence_mask(lens, **options).astype(int)
    assert (np.diff(mask, axis=-1) <= 0).all()


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_padding_mask_of_padded_ids_is_that_of_their_lengths(sizes):
    """ids ≠ PAD is t < length, where no token has the id of padding"""
    batch = [np.full(n, 7) for n in sizes]
    padded = pad_sequence(*batch, batch_first=True)
    expected = sequence_mask(np.array(sizes), max_len=max(sizes))
    assert_equal(padding_mask(padded, padding_idx=0), expected)


def test_padding_mask_hides_a_token_with_the_id_of_padding():
    """The notes' [1, 3, 6, 0, 0]: "." has id 0, too, and is hidden with the padding"""
    ids = np.array([1, 3, 6, 0, 0])
    assert_equal(padding_mask(ids, padding_idx=0), np.array([1, 1, 1, 0, 0]) == 1)
    assert not (padding_mask(ids, padding_idx=0) == (np.arange(5) < 4)).all()


def test_padding_mask_of_two_sentences():
    """The notes: `a.ne(0)` of one unpadded sentence; it is of both, padded"""
    first, second = np.array([3, 1, 7]), np.array([3, 4, 5, 6, 7])
    expected = np.array([[1, 1], [1, 1], [1, 1], [0, 1], [0, 1]]) == 1
    padded = pad_sequence(first, second)
    assert_equal(padding_mask(padded, padding_idx=0), expected)
    assert_equal(padding_mask(first, padding_idx=0), np.full(3, True))


def test_padding_mask_cannot_tell_random_ids_from_words():
    """The notes: fill with random integers. No one id then hides just the filling"""
    valid = np.array([1, 1, 1, 1, 0, 0]) == 1
    for padding_idx in range(10):
        filled = np.array([1, 3, 6, 0, 9, 4])
        assert (padding_mask(filled, padding_idx=padding_idx) != valid).any()
    reserved = np.array([1, 3, 6, 0, 7, 7])
    assert_equal(padding_mask(reserved, padding_idx=7), valid)


def test_sequence_mask_of_two_sentences():
    """Lengths 4 and 6: 1 1 1 1 0 0 and 1 1 1 1 1 1"""
    expected = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]]) == 1
    assert_equal(sequence_mask(np.array([4, 6]), max_len=6), expected)


def test_sequence_mask_has_no_holes():
    """The notes: three words, padded, are [1, 1, 1, 0, 1]. No length is masked so"""
    masks = sequence_mask(np.arange(6), max_len=5).astype(int).tolist()
    assert [1, 1, 1, 0, 1] not in masks
    assert masks[3] == [1, 1, 1, 0, 0]


# --- conventions


@given(choices())
def test_hidden_mask_is_involutive(mask):
    """not not m = m"""
    assert_equal(hidden_mask(hidden_mask(mask)), mask)


@given(choices())
def test_additive_mask_adds_to_scores_what_hides_them(mask):
    """softmax(z + additive) = masked_softmax(z, m), where anything takes part"""
    mask[:, 0] = True
    scores = np.arange(mask.size).reshape(mask.shape) / 4
    left = softmax(scores + additive_mask(mask, scores), dim=-1)
    assert_equal(left, masked_softmax(scores, mask, dim=-1))


def test_hidden_mask_is_what_the_other_convention_takes():
    """The notes: 1 where valid, and 1 where padding. Mixed up, padding gets it all"""
    valid = sequence_mask(np.array(3), max_len=4)
    assert_equal(hidden_mask(valid), np.array([0, 0, 0, 1]) == 1)
    z = np.array([3.0, 1.0, 7.0, 0.0])
    assert masked_softmax(z, hidden_mask(valid), dim=0).tolist() == [0, 0, 0, 1]
    assert masked_softmax(z, valid, dim=0)[3] == 0


def test_hidden_mask_rejects_integers():
    """~1 is −2, and ~np.uint8(1) is 254: neither is False"""
    with pytest.raises(ValueError, match="mask has dtype uint8; it must be bool"):
        hidden_mask(np.ones(2, np.uint8))
    assert ~np.uint8(1) == 254
    with pytest.raises(ValueError, match="mask has dtype int64"):
        additive_mask(np.ones(2, int), np.ones(1))


# --- causality


@given(st.integers(0, 6))
def test_causal_mask_shows_one_step_more_at_each(size):
    """Σ_j m[i, j] = i + 1: itself, too"""
    assert_equal(causal_mask(size=size).sum(-1), np.arange(1, size + 1))


@given(st.integers(0, 6))
def test_causal_mask_hides_the_strict_upper_triangle(size):
    """not m = triu(1, diagonal = 1)"""
    upper = np.triu(np.ones((size, size), bool), k=1)
    assert_equal(hidden_mask(causal_mask(size=size)), upper)


@given(st.integers(0, 5), st.integers(0, 5))
def test_causal_mask_of_a_longer_sequence_begins_with_that_of_a_shorter(size, more):
    """M_n = M_{n + k}[:n, :n]"""
    longer = causal_mask(size=size + more)
    assert_equal(longer[:size, :size], causal_mask(size=size))


def test_causal_mask_without_the_diagonal_would_hide_all_from_the_first():
    """Only what is strictly before: step 0 sees nothing, and softmax is 0 / 0"""
    strict = np.tri(3, k=-1, dtype=bool)
    assert not strict[0].any()
    assert causal_mask(size=3)[0].tolist() == [True, False, False]


# --- both


@given(pairs())
def test_combined_mask_is_the_conjunction(example):
    """m = valid ∧ visible, the same for all heads; commutative and idempotent"""
    (valid, visible), options = example
    mask = combined_mask(valid, visible, **options)
    assert_equal(mask[:, 0], valid[:, None] & visible)
    assert_equal(mask, np.broadcast_to(mask[:, :1], mask.shape))
    assert not (mask & ~valid[:, None, None]).any()


@given(choices(), st.integers(1, 3))
def test_combined_mask_of_padding_and_causality_shows_the_first_if_it_is_valid(
    valid, heads
):
    """Row 0 sees token 0, or nothing"""
    mask = combined_mask(valid, causal_mask(size=valid.shape[1]), heads=heads)
    assert_equal(mask[:, 0, 0].any(-1), valid[:, 0])


@given(pairs(), st.data())
def test_combined_mask_is_monotone_in_both_masks(example, data):
    """valid ≤ valid′, visible ≤ visible′  ⇒  m ≤ m′: to hide more shows no more"""
    (valid, visible), options = example
    less = valid & (data.draw(codes(valid.shape)) % 2 == 0)
    fewer = visible & (data.draw(codes(visible.shape)) % 2 == 0)
    left = combined_mask(less, fewer, **options)
    assert (left <= combined_mask(valid, visible, **options)).all()


def test_combined_mask_has_an_axis_for_heads():
    """The notes: [B, L, L], then unsqueeze(1).unsqueeze(2). Scores have four axes"""
    visible = np.tile(causal_mask(size=3), (2, 1, 1))
    unsqueezed = np.expand_dims(visible, (1, 2))
    scores = np.zeros((2, 1, 3, 3))
    assert np.broadcast_shapes(unsqueezed.shape, scores.shape) == (2, 2, 1, 3, 3)
    mask = combined_mask(np.full((2, 3), True), visible[0], heads=1)
    assert_equal(mask, np.expand_dims(visible, 1))


def test_combined_mask_of_five_axes_would_mix_heads():
    """Of one sentence the shape comes out right: two heads of tokens 0 1 2 and 3 4 5"""
    heads = np.arange(6).reshape(1, 2, 3, 1)
    merged = heads.swapaxes(1, 2).reshape(3, 2)
    assert merged.tolist() == [[0, 3], [1, 4], [2, 5]]
    notes = heads[None].swapaxes(1, 2).reshape(3, 2)
    assert notes.tolist() == [[0, 1], [2, 3], [4, 5]]


def test_combined_mask_rejects_masks_of_other_keys():
    mask = np.ones((2, 3), bool)
    with pytest.raises(ValueError, match="masks have shapes"):
        combined_mask(mask, mask[:, :2], heads=1)
    with pytest.raises(ValueError, match="masks have shapes"):
        combined_mask(mask[:, :1], mask, heads=1)
    more = np.ones((2, 3, 1), bool)
    for others in [(more, mask), (mask, more), (mask[0], mask), (mask, mask[0])]:
        with pytest.raises(ValueError, match="masks have shapes"):
            combined_mask(*others, heads=1)
    with pytest.raises(ValueError, match="heads is 0"):
        combined_mask(mask, mask, heads=0)


# --- classes


@given(maps())
def test_class_masks_partition_what_has_a_class(example):
    """Σ_c 1[A = c] = 1 where 0 ≤ A < classes, else 0"""
    labels, options = example
    total = class_masks(labels, **options).sum(0)
    has_class = (labels >= 0) & (labels < options["num_classes"])
    assert_equal(total, has_class.astype(int))


@given(maps())
def test_class_masks_take_a_picture_apart(example):
    """x = Σ_c 1[A = c] · x where all have a class"""
    labels, options = example
    labels = labels % options["num_classes"]
    picture = np.arange(labels.size).reshape(labels.shape)
    masks = class_masks(labels, **options)
    assert_equal((masks * picture).sum(0), picture)


def test_class_masks_of_a_map_that_begins_with_zeros():
    """The notes' map: what is not labelled yet looks like class 0, the panda"""
    labels = np.array([[-1, 0, 0]])
    assert class_masks(labels, num_classes=2)[0].tolist() == [[False, True, True]]
    with pytest.raises(ValueError, match="num_classes is 0"):
        class_masks(labels, num_classes=0)


def test_combined_mask_of_many_keys():
    """Of 300, each is seen"""
    ones = np.ones((1, 300), bool)
    assert combined_mask(ones, ones, heads=1).all()


# --- errors


def test_sequence_mask_rejects_lengths_below_zero():
    with pytest.raises(ValueError, match="max_len is -1"):
        sequence_mask(np.array([1]), max_len=-1)
    with pytest.raises(ValueError, match="size is -1"):
        causal_mask(size=-1)


# --- agreement


@given(ids())
def test_padding_mask_agrees_with_backend(backend, example):
    """The backend gives the definition's mask."""
    numbers, options = example
    agree(backend, padding_mask, numbers, **options)


@given(lengths())
def test_sequence_mask_agrees_with_backend(backend, example):
    """The backend gives the definition's mask."""
    lens, options = example
    agree(backend, sequence_mask, lens, **options)


@given(choices())
def test_hidden_mask_agrees_with_backend(backend, mask):
    """The backend gives the definition's mask."""
    agree(backend, hidden_mask, mask)


@given(choices(), full_width((1,)))
def test_additive_mask_agrees_with_backend(backend, mask, like):
    """The backend gives the definition's numbers, of the dtype asked for."""
    agree(backend, additive_mask, mask, like, constant=("like",))


@given(st.integers(0, 5) | st.just(33))
def test_causal_mask_agrees_with_backend(backend, size):
    """The backend gives the definition's mask."""
    agree(backend, causal_mask, size=size)


@given(pairs())
def test_combined_mask_agrees_with_backend(backend, example):
    """The backend gives the definition's mask."""
    masks, options = example
    agree(backend, combined_mask, *masks, **options)


@given(maps())
def test_class_masks_agrees_with_backend(backend, example):
    """The backend gives the definition's masks."""
    labels, options = example
    agree(backend, class_masks, labels, **options)
