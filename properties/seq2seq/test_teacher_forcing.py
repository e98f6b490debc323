"""The laws of reference/seq2seq/teacher_forcing.py, and agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.seq2seq.strategies import other_words
from properties.strategies import codes, full_width, sixteenths, whole_numbers, wide
from reference.classification.cross_entropy import cross_entropy
from reference.seq2seq.teacher_forcing import masked_cross_entropy, shift_right

# --- strategies

REDUCTIONS = st.sampled_from(["mean", "steps", "none", "sum"])

SIZES = st.sampled_from([(1, 33), (2, 3), (3, 1), (1, 65), (2, 2), (33, 1), (65, 1)])
"""Sizes of a batch and of its time."""


@st.composite
def sentences(draw):
    """Ids of a batch, and one more, of none of them perhaps."""
    batch, time, bos = draw(whole_numbers((0, 3), (0, 5), (0, 9)))
    time = draw(st.sampled_from([time, 33, time, 65, time]))
    return draw(codes((batch, time))).astype(np.int64) % 10, bos


@st.composite
def scored(draw, elements, *, least=0):
    """Logits, ids of tokens, and how many of each sequence count: of one at least."""
    batch, time = draw(SIZES)
    classes = draw(st.sampled_from([3, 2, 33, 1, 4, 3, 65]))
    classes = classes if batch * time < 9 else min(classes, 3)
    code = draw(codes((batch, time + 1))).astype(np.int64)
    target = code[:, :-1] % classes
    lens = least + code[:, -1] % (time + 1 - least)
    lens[0] = time if code[0, -1] % 4 == 1 else max(lens[0], 1)
    return draw(elements((batch, time, classes))), target, lens


def counted(target, lens):
    return np.arange(target.shape[1]) < lens[:, None]


# --- what a decoder is shown


@given(sentences())
def test_shift_right_loses_the_last_token_alone(example):
    """[y, last] = [bos, target]"""
    target, bos = example
    y = shift_right(target, bos=bos)
    assert_equal(np.append(y, target[:, -1:], axis=1)[:, 1:], target)
    assert (y[:, :1] == bos).all()


@given(sentences(), st.integers(0, 33))
def test_shift_right_is_causal(example, t):
    """y[:, : t + 1] does not depend on target[:, t :]"""
    target, bos = example
    other = target.copy()
    other[:, t:] = other_words(other[:, t:], 10)
    y = shift_right(target, bos=bos)
    assert_equal(shift_right(other, bos=bos)[:, : t + 1], y[:, : t + 1])


def test_shift_right_of_a_sentence():
    """<bos> I like cats → I like cats <eos>"""
    target = np.array([[4, 5, 6, 3]])
    assert_equal(shift_right(target, bos=2), np.array([[2, 4, 5, 6]]))


# --- what it loses


def test_masked_cross_entropy_of_the_books_example():
    """Ten equal logits, four steps of which 4, 2 and 0 count: log 10 · (1, 1/2, 0)"""
    logits, target = bounded(np.ones((3, 4, 10))), np.ones((3, 4), int)
    lens = np.array([4, 2, 0])
    losses = masked_cross_entropy(logits, target, lens, reduction="steps")
    log = np.log(bounded(np.array([10.0]))[0])
    assert_equal(losses, np.array([log, log / 2, 0 * log]))
    mean = masked_cross_entropy(logits, target, lens, reduction="mean")
    assert_equal(mean[()], log)


@given(scored(sixteenths))
def test_masked_cross_entropy_of_full_lengths_is_plain(example):
    """Where all steps count, it is cross_entropy on all of them as one batch"""
    logits, target, _ = example
    logits, lens = bounded(logits), np.full(len(target), target.shape[1])
    left = masked_cross_entropy(logits, target, lens)
    rows = logits.reshape(-1, logits.shape[-1])
    assert_equal(left, cross_entropy(rows, target.reshape(-1)))


@given(scored(sixteenths))
def test_masked_cross_entropy_sums_what_it_gives(example):
    """sum = Σ none = count · mean = time · Σ steps"""
    logits, *rest = bounded(example[0]), *example[1:]
    kinds = "none", "sum", "mean", "steps"
    none, total, mean, steps = (
        masked_cross_entropy(logits, *rest, reduction=kind) for kind in kinds
    )
    assert_equal(none.sum(), total[()])
    assert_equal(steps.sum() * rest[0].shape[1], total[()])
    assert_equal(mean[()] * int(counted(*rest).sum()), total[()])


@given(scored(sixteenths), REDUCTIONS)
def test_masked_cross_entropy_does_not_see_padding(example, reduction):
    """Past a sequence's end there may be NaN, and no token"""
    logits, target, lens = example
    counts = counted(target, lens)
    other = np.where(counts[..., None], logits, np.nan)
    left = masked_cross_entropy(
        other, np.where(counts, target, -7), lens, reduction=reduction
    )
    right = masked_cross_entropy(logits, target, lens, reduction=reduction)
    assert_equal(left, right)


@given(scored(sixteenths, least=1), st.integers(1, 3))
def test_masked_cross_entropy_is_invariant_under_padding_but_for_steps(example, more):
    """mean stays; steps · (time + more) = steps of the shorter array · time"""
    logits, target, lens = bounded(example[0]), *example[1:]
    time = target.shape[1]
    grown = np.concatenate([logits, logits[:, :1].repeat(more, axis=1)], axis=1)
    longer = np.concatenate([target, target[:, :1].repeat(more, axis=1)], axis=1)
    left, right = (grown, longer, lens), (logits, target, lens)
    assert_equal(masked_cross_entropy(*left), masked_cross_entropy(*right))
    padded = masked_cross_entropy(*left, reduction="steps") * (time + more)
    assert_equal(padded, masked_cross_entropy(*right, reduction="steps") * time)


NOTHING = np.zeros((2, 3, 2)), np.zeros((2, 3), int), np.zeros(2, int)


def test_masked_cross_entropy_of_nothing():
    """The mean of no steps is NaN, their sum 0"""
    assert np.isnan(masked_cross_entropy(*NOTHING))
    assert masked_cross_entropy(*NOTHING, reduction="sum") == 0
    none = NOTHING[0][:, :0], NOTHING[1][:, :0], NOTHING[2]
    assert np.isnan(masked_cross_entropy(*none, reduction="steps")).all()


# --- gradients


@given(scored(sixteenths, least=1), REDUCTIONS)
def test_masked_cross_entropy_gradient_is_zero_at_padding(example, reduction):
    """∂l/∂z[n, t] = 0 for t ≥ valid_lens[n]; elsewhere it sums to 0 over classes"""
    logits, target, lens = bounded(example[0]), *example[1:]

    def loss(logits):
        return masked_cross_entropy(logits, target, lens, reduction=reduction)

    (slope,) = gradient(loss, [logits], np.ones(loss(logits).shape))
    past = slope[~counted(target, lens)]
    assert (past == 0).all()
    sums = slope.sum(axis=-1)
    assert_equal(sums, 0 * bounded(np.zeros(sums.shape)))


# --- errors


@pytest.mark.parametrize("target", [-1, 2, 3, -100])
def test_masked_cross_entropy_rejects_what_is_no_class(target):
    with pytest.raises(ValueError, match=f"target has {target}"):
        masked_cross_entropy(np.ones((1, 1, 2)), np.array([[target]]), np.array([1]))


def test_masked_cross_entropy_rejects_what_does_not_fit():
    logits, target, lens = np.ones((2, 3, 4)), np.zeros((2, 3), int), np.array([1, 2])
    with pytest.raises(ValueError, match="input, target and valid_lens have shapes"):
        masked_cross_entropy(logits, target[:, :2], lens)
    with pytest.raises(ValueError, match="input, target and valid_lens have shapes"):
        masked_cross_entropy(logits, target, lens[:1])
    with pytest.raises(ValueError, match="input, target and valid_lens have shapes"):
        masked_cross_entropy(logits, target, np.ones(3, int))
    with pytest.raises(ValueError, match="reduction is 'average'"):
        masked_cross_entropy(logits, target, lens, reduction="average")
    with pytest.raises(ValueError, match="reduction is 'average'"):
        masked_cross_entropy(logits, target, 0 * lens, reduction="average")


def test_shift_right_rejects_one_sequence():
    with pytest.raises(ValueError, match="target has shape"):
        shift_right(np.zeros(3, int), bos=0)


# --- agreement


@pytest.mark.parametrize("way", ways("shift_right"))
@given(sentences())
def test_shift_right_agrees_with_backend(backend, way, example):
    """The backend gives the definition's ids."""
    target, bos = example
    agree(backend, shift_right, target, way=way, bos=bos)


@pytest.mark.parametrize("way", ways("masked_cross_entropy"))
@given(scored(full_width), REDUCTIONS)
def test_masked_cross_entropy_agrees_with_backend(backend, way, example, reduction):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, masked_cross_entropy, *example, way=way, reduction=reduction)


@given(scored(wide), REDUCTIONS)
def test_masked_cross_entropy_of_large_logits_agrees_with_backend(
    backend, example, reduction
):
    """No exp overflows."""
    agree(backend, masked_cross_entropy, *example, reduction=reduction)


@given(scored(full_width), REDUCTIONS, st.sampled_from([0.0, np.nan, -np.inf, 1.0]))
def test_masked_cross_entropy_of_any_padding_agrees_with_backend(
    backend, example, reduction, padding
):
    """What does not count may be NaN, or −∞: it adds nothing, and its gradient is 0."""
    logits, target, lens = example
    logits = np.where(counted(target, lens)[..., None], logits, padding)
    agree(backend, masked_cross_entropy, logits, target, lens, reduction=reduction)


@given(REDUCTIONS)
def test_masked_cross_entropy_of_nothing_agrees_with_backend(backend, reduction):
    """The mean of no steps is NaN; all else is 0."""
    names = ("input",)
    agree(backend, masked_cross_entropy, *NOTHING, constant=names, reduction=reduction)
