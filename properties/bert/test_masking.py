"""The laws of reference/bert/masking.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from properties.agreement import agree, assert_equal
from properties.strategies import codes, per_axis
from reference.bert.masking import (
    bernoulli_mlm_positions,
    mask_tokens,
    num_mlm_preds,
    select_mlm_positions,
)

# --- strategies

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""

RATIOS = st.sampled_from([0.15, 0.5, 0.15, 1.0, 0.0])

SHARES = st.sampled_from([(0.8, 0.1), (0.5, 0.25), (0.25, 0.5), (1.0, 0.0), (0.0, 0.5)])
"""Pairs of mask_share and random_share, most of them unlike the defaults."""


BATCHES = st.sampled_from([(2, 5), (3, 4), (1, 33), (0, 3), (2, 65), (2, 3)])
SHAPES = st.sampled_from([(2, 4), (3,), (1, 65), (5, 1), (33, 2), (0,)])
"""Shapes of batches of sequences, and of any tokens."""

MASKS, IGNORED = st.sampled_from([103, 0]), st.sampled_from([-1, -100, 0])
"""Ids of the mark, and labels that are none."""


def uniforms_of(code):
    """Numbers k/64 in [0, 1), which are exact in every dtype."""
    return code % 64 / 64


@st.composite
def selections(draw):
    """Random numbers, some of them equal; candidates; and how many to choose."""
    batch, length = draw(BATCHES)
    drawn = draw(codes((2, batch, length)))
    counts = draw(codes((batch,))).astype(np.int64) % 8
    return uniforms_of(drawn[0]), drawn[1] < 200, counts


@st.composite
def masked(draw, shares=SHARES):
    """Tokens, which are chosen, random numbers and tokens; and options."""
    shape = draw(SHAPES)
    drawn = draw(codes((4, *shape)))
    tokens, random_tokens = drawn[:2].astype(np.int64)
    mask_share, random_share = draw(shares)
    options = {
        "mask": draw(MASKS),
        "mask_share": mask_share,
        "random_share": random_share,
        "ignore_index": draw(IGNORED),
    }
    return (tokens, drawn[2] < 128, uniforms_of(drawn[3]), random_tokens), options


def noise_of(seed, shape):
    return np.random.default_rng(seed).random(shape)


# --- how many


@given(codes((5,)), RATIOS)
def test_num_mlm_preds_is_near_a_share(code, ratio):
    """1 ≤ y, and |y − ratio · n| ≤ 1/2 unless that is below 1"""
    actual = num_mlm_preds(code.astype(np.int64), ratio=ratio)
    assert (actual >= 1).all()
    assert ((abs(actual - ratio * code) <= 0.5) | (actual == 1)).all()


@given(st.integers(0, 500), st.integers(0, 500), RATIOS)
def test_num_mlm_preds_is_monotone_in_the_length(a, b, ratio):
    """a ≤ b  ⇒  y(a) ≤ y(b)"""
    first, second = num_mlm_preds(np.sort([a, b]), ratio=ratio)
    assert first <= second


def test_num_mlm_preds_of_examples():
    """10 of the book's 64, 1 of 3, and of a half the even number: 2 of 5 by a half"""
    assert_equal(num_mlm_preds(np.array([64, 3, 0, 128])), np.array([10, 1, 1, 19]))
    assert_equal(num_mlm_preds(np.array([5, 7]), ratio=0.5), np.array([2, 4]))


@pytest.mark.parametrize("ratio", [-0.1, 1.5])
def test_num_mlm_preds_rejects_what_is_no_share(ratio):
    with pytest.raises(ValueError, match=f"ratio is {ratio}"):
        num_mlm_preds(np.array([4]), ratio=ratio)


def test_num_mlm_preds_rejects_negative_lengths():
    with pytest.raises(ValueError, match="valid_lens has -1"):
        num_mlm_preds(np.array([4, -1]))


# --- which, as many as asked for


@given(selections())
def test_select_mlm_positions_are_as_many_as_asked_for(example):
    """Σ_t y[n, t] = min(counts[n], candidates of n), and all are candidates"""
    _, candidates, counts = example
    chosen = select_mlm_positions(*example)
    assert_equal(chosen.sum(1), np.minimum(counts, candidates.sum(1)))
    assert not (chosen & ~candidates).any()


@given(selections())
def test_select_mlm_positions_has_the_least_numbers(example):
    """No candidate that was left out has a smaller number than one that was chosen"""
    uniforms, candidates, _ = example
    chosen = select_mlm_positions(*example)
    for row, taken, possible in zip(uniforms, chosen, candidates):
        assert max(row[taken], default=0) <= min(row[possible & ~taken], default=1)


@given(selections(), st.integers(0, 3))
def test_select_mlm_positions_is_monotone_in_the_count(example, more):
    """Who is chosen among k is chosen among k + 1"""
    uniforms, candidates, counts = example
    few = select_mlm_positions(uniforms, candidates, counts)
    many = select_mlm_positions(uniforms, candidates, counts + more)
    assert not (few & ~many).any()


@given(selections())
def test_select_mlm_positions_is_invariant_under_monotone_maps(example):
    """select(u / 2) = select(u): only the order of the numbers counts"""
    uniforms, *others = example
    left = select_mlm_positions(uniforms / 2, *others)
    assert_equal(left, select_mlm_positions(uniforms, *others))


@given(selections(), st.randoms(use_true_random=False))
def test_select_mlm_positions_is_equivariant_under_permutations(example, random):
    """select(u[:, order]) = select(u)[:, order], where no two numbers are equal"""
    uniforms, candidates, counts = example
    uniforms = uniforms + np.arange(uniforms.shape[1]) / 2**20
    order = random.sample(range(uniforms.shape[1]), uniforms.shape[1])
    left = select_mlm_positions(uniforms[:, order], candidates[:, order], counts)
    right = select_mlm_positions(uniforms, candidates, counts)
    assert_equal(left, right[:, order])


def test_select_mlm_positions_takes_the_first_of_equals():
    """Of equal numbers the first; a mark, with the least of all, is passed over"""
    candidates = np.array([[False, True, True, True]])
    uniforms = np.array([[0, 0.5, 0.5, 0.25]])
    chosen = select_mlm_positions(uniforms, candidates, np.array([2]))
    assert chosen.tolist() == [[False, True, False, True]]


@given(st.integers(0, 2**32 - 1))
def test_select_mlm_positions_is_fair(seed):
    """P(y[t]) = count / candidates for each candidate, wherever it is"""
    n, candidates = 300, np.tile([False, True, True, True, False, True], (300, 1))
    counts = np.full(n, 3)
    chosen = select_mlm_positions(noise_of(seed, (n, 6)), candidates, counts)
    for t in (1, 2, 3, 5):
        count = int(chosen[:, t].sum())
        assert binomtest(count, n, 3 / 4).pvalue > FALSE_ALARM


def test_select_mlm_positions_rejects_what_does_not_fit():
    uniforms, candidates = np.zeros((2, 3)), np.ones((2, 3), bool)
    with pytest.raises(ValueError, match="uniforms and candidates have shapes"):
        select_mlm_positions(uniforms, candidates[:1], np.ones(2, np.int64))
    with pytest.raises(ValueError, match="uniforms and counts have shapes"):
        select_mlm_positions(uniforms, candidates, np.ones(3, np.int64))
    with pytest.raises(ValueError, match="uniforms and counts have shapes"):
        select_mlm_positions(uniforms[None], candidates[None], np.ones(1, np.int64))
    with pytest.raises(ValueError, match="uniforms and counts have shapes"):
        select_mlm_positions(uniforms[0], candidates[0], np.ones(3, np.int64))


# --- which, each by itself


@given(selections(), RATIOS, RATIOS)
def test_bernoulli_mlm_positions_is_monotone_in_the_ratio(example, a, b):
    """a ≤ b  ⇒  who is chosen with a is chosen with b; none with 0, all with 1"""
    uniforms, candidates, _ = example
    few = bernoulli_mlm_positions(uniforms, candidates, ratio=min(a, b))
    many = bernoulli_mlm_positions(uniforms, candidates, ratio=max(a, b))
    assert not (few & ~many).any()
    assert not bernoulli_mlm_positions(uniforms, candidates, ratio=0.0).any()
    every = bernoulli_mlm_positions(uniforms, candidates, ratio=1.0)
    assert_equal(every, candidates)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.15, 0.5]))
def test_bernoulli_mlm_positions_are_a_share_of_the_candidates(seed, ratio):
    """Their number is binomial: P(y[i]) = ratio for a candidate, else 0"""
    candidates = np.tile([True, True, False], 100)
    chosen = bernoulli_mlm_positions(noise_of(seed, 300), candidates, ratio=ratio)
    assert binomtest(int(chosen.sum()), 200, ratio).pvalue > FALSE_ALARM
    assert not chosen[2::3].any()


@given(st.integers(0, 2**32 - 1))
def test_bernoulli_mlm_positions_are_none_of_many_a_sequence(seed):
    """The notes: 15 % are chosen. Each by itself, of 5 tokens none in 0.85⁵ = 44 %;
    of a number that is fixed beforehand, one at least."""
    n, candidates = 200, np.ones((200, 5), bool)
    noise = noise_of(seed, (n, 5))
    none = ~bernoulli_mlm_positions(noise, candidates).any(1)
    assert binomtest(int(none.sum()), n, 0.85**5).pvalue > FALSE_ALARM
    counts = num_mlm_preds(np.full(n, 5))
    assert select_mlm_positions(noise, candidates, counts).any(1).all()


def test_bernoulli_mlm_positions_rejects_what_does_not_fit():
    with pytest.raises(ValueError, match="uniforms and candidates have shapes"):
        bernoulli_mlm_positions(np.zeros(2), np.ones(3, bool))
    with pytest.raises(ValueError, match="ratio is 2"):
        bernoulli_mlm_positions(np.zeros(2), np.ones(2, bool), ratio=2)


# --- what is seen in their place


@given(masked())
def test_mask_tokens_round_trips(example):
    """The labels put back where there are some: the tokens"""
    (tokens, *others), options = example
    options["ignore_index"] = -100
    inputs, labels = mask_tokens(tokens, *others, **options)
    assert_equal(np.where(labels == -100, inputs, labels), tokens)


@given(masked())
def test_mask_tokens_labels_are_the_chosen_tokens(example):
    """label = token where chosen, whatever is seen there; else ignore_index"""
    (tokens, selected, *others), options = example
    _, labels = mask_tokens(tokens, selected, *others, **options)
    assert_equal(labels[selected], tokens[selected])
    assert (labels[~selected] == options["ignore_index"]).all()


@given(masked())
def test_mask_tokens_leaves_the_others_alone(example):
    """input = token where not chosen, whatever the random numbers are"""
    (tokens, selected, *others), options = example
    inputs, _ = mask_tokens(tokens, selected, *others, **options)
    assert_equal(inputs[~selected], tokens[~selected])


@given(masked())
def test_mask_tokens_does_one_of_three(example):
    """With marks that tell, each chosen token is hidden, changed or kept, by u"""
    (tokens, selected, u, random_tokens), options = example
    options["mask"] = -1
    inputs, _ = mask_tokens(tokens, selected, u, random_tokens - 300, **options)
    hide, change = options["mask_share"], options["random_share"]
    parts = [u < hide, (u >= hide) & (u < hide + change), u >= hide + change]
    counts = [inputs == -1, inputs < -1, inputs >= 0]
    for part, found in zip(parts, counts):
        assert_equal(found[selected], part[selected])


@given(masked(shares=st.just((0.0, 0.0))))
def test_mask_tokens_of_no_shares_is_the_identity(example):
    """Chosen tokens that are all kept are seen, and guessed all the same"""
    (tokens, *others), options = example
    assert_equal(mask_tokens(tokens, *others, **options)[0], tokens)


@given(masked(shares=st.just((1.0, 0.0))))
def test_mask_tokens_of_all_shares_hides_what_is_chosen(example):
    """mask_share 1: input = mask where chosen"""
    (tokens, selected, *others), options = example
    inputs, _ = mask_tokens(tokens, selected, *others, **options)
    assert (inputs[selected] == options["mask"]).all()


@given(st.integers(0, 2**32 - 1))
def test_mask_tokens_shares_are_eighty_ten_and_ten(seed):
    """P(hidden) = 0.8, P(changed) = 0.1, P(kept) = 0.1 of chosen tokens"""
    n = 300
    tokens, ones = np.zeros(n, np.int64), np.ones(n, np.int64)
    noise = noise_of(seed, n)
    inputs, _ = mask_tokens(tokens, np.ones(n, bool), noise, ones, mask=2)
    for token, share in [(2, 0.8), (1, 0.1), (0, 0.1)]:
        count = int((inputs == token).sum())
        assert binomtest(count, n, share).pvalue > FALSE_ALARM


def test_mask_tokens_hides_twelve_percent_of_all():
    """The notes: each time 15 % of the tokens are turned into the mark.

    15 % are chosen, and 80 % of those are hidden: 12 % of all, 1.5 % changed.
    """
    n = 20_000
    tokens, ones = np.zeros(n, np.int64), np.ones(n, np.int64)
    selected = bernoulli_mlm_positions(noise_of(1, n), np.ones(n, bool))
    inputs, _ = mask_tokens(tokens, selected, noise_of(2, n), ones, mask=2)
    hidden, changed = int((inputs == 2).sum()), int((inputs == 1).sum())
    assert binomtest(hidden, n, 0.15).pvalue < FALSE_ALARM
    assert binomtest(hidden, n, 0.12).pvalue > FALSE_ALARM
    assert binomtest(changed, n, 0.015).pvalue > FALSE_ALARM


def test_mask_tokens_rejects_what_does_not_fit():
    tensors = [np.zeros(3, np.int64), np.ones(3, bool), np.zeros(3), np.ones(3)]
    names = [None, "selected", "uniforms", "random_tokens"]
    for i in (1, 2, 3):
        wrong = [*tensors[:i], tensors[i][:2], *tensors[i + 1 :]]
        with pytest.raises(ValueError, match=f"tokens and {names[i]} have shapes"):
            mask_tokens(*wrong, mask=1)


@pytest.mark.parametrize(
    ("hide", "change", "name"),
    [(-0.5, 0.5, "mask_share"), (0.5, -0.5, "random_share"), (0.8, 0.3, "both_shares")],
)
def test_mask_tokens_rejects_shares(hide, change, name):
    tensors = [np.zeros(3, np.int64), np.ones(3, bool), np.zeros(3), np.ones(3)]
    with pytest.raises(ValueError, match=f"{name} is"):
        mask_tokens(*tensors, mask=1, mask_share=hide, random_share=change)


# --- agreement


@given(per_axis(3, 0, 200), RATIOS)
def test_num_mlm_preds_agrees_with_backend(backend, lengths, ratio):
    """The backend gives the same whole numbers."""
    agree(backend, num_mlm_preds, np.array(lengths), ratio=ratio)


@given(selections())
def test_select_mlm_positions_agrees_with_backend(backend, example):
    """The backend chooses the same."""
    agree(backend, select_mlm_positions, *example, constant=("uniforms",))


@given(selections(), RATIOS)
def test_bernoulli_mlm_positions_agrees_with_backend(backend, example, ratio):
    """The backend chooses the same."""
    uniforms = {"constant": ("uniforms",), "ratio": ratio}
    agree(backend, bernoulli_mlm_positions, *example[:2], **uniforms)


@given(masked())
def test_mask_tokens_agrees_with_backend(backend, example):
    """The backend hides and changes the same, and has the same labels."""
    tensors, options = example
    agree(backend, mask_tokens, *tensors, constant=("uniforms",), **options)
