"""The laws of reference/masks/masked.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal, intervals
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    codes,
    fractions,
    full_width,
    ordinary,
    sixteenths,
    whole_numbers,
)
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax import softmax
from reference.masks.masked import (
    filled_softmax,
    masked_max,
    masked_mean,
    masked_softmax,
    padding_leak,
)

# --- strategies

LONG = st.sampled_from([0] * 8 + [16, 17, 33, 65])
FILLS = st.sampled_from([-np.inf, -1e4, -60.0])


@st.composite
def masked(draw, elements, *, hides_rows=False):
    """Numbers of one to three axes, a mask, and dim: something in each row is seen."""
    axes = draw(st.integers(1, 3))
    size = draw(whole_numbers(*[(1, 3)] * axes))
    dim = draw(st.integers(-axes, axes - 1))
    size[dim] = draw(LONG) or size[dim]
    mask = draw(codes(tuple(size))) % 3 > 0
    if not hides_rows:
        np.moveaxis(mask, dim, -1)[..., 0] = True
    return (draw(elements(tuple(size))), mask), {"dim": dim}


def anything(elements):
    return masked(elements, hides_rows=True)


@st.composite
def poisoned(draw, elements):
    """The same; what is hidden is often NaN or infinite."""
    (input, mask), options = draw(anything(elements))
    by = draw(st.sampled_from([None, None, np.nan, np.inf, -np.inf]))
    if by is not None:
        input = hidden_changed(input, mask, by)
    return (input, mask), options


def hidden_changed(input, mask, by):
    """The same numbers where they take part, others where they do not."""
    return np.where(mask, input, by)


# --- mean


@given(masked(fractions), st.sampled_from([0, 10**10, Fraction(1, 3)]))
def test_masked_mean_is_independent_of_what_is_hidden(example, by):
    """mean(x, m) = mean(y, m) where x = y in m"""
    (input, mask), options = example
    left = masked_mean(hidden_changed(input, mask, by), mask, **options)
    assert_equal(left, masked_mean(input, mask, **options))


@given(masked(fractions))
def test_masked_mean_is_the_quotient_of_sums(example):
    """The notes' Σ m · x / Σ m, where all numbers are finite"""
    (input, mask), options = example
    axis = options["dim"]
    expected = (input * mask).sum(axis) / mask.sum(axis)
    actual = masked_mean(input, mask, **options)
    assert (actual == expected).all()


def test_masked_mean_of_the_notes():
    """(3 + 1 + 7) / 3; with the padding it is 11 / 5 = 2.2, and not the notes' 1.1"""
    padded, mask = np.array([3.0, 1, 7, 0, 0]), np.array([1, 1, 1, 0, 0]) == 1
    assert masked_mean(padded, mask, dim=0) == (3 + 1 + 7) / 3
    assert padded.mean() == 2.2


def test_masked_mean_by_a_product_would_let_nan_through():
    """NaN · 0 is NaN: sum(pad · m) / sum(m) is no mask"""
    padded, mask = np.array([3.0, 1.0, np.nan]), np.array([True, True, False])
    assert masked_mean(padded, mask, dim=0) == 2
    assert np.isnan((padded * mask).sum() / mask.sum())


def test_masked_mean_of_nothing_is_nan():
    """0 / 0; the largest of nothing is −∞"""
    x, hidden = np.ones(2), np.zeros(2, bool)
    assert np.isnan(masked_mean(x, hidden, dim=0))
    assert masked_max(x, hidden, dim=0) == -np.inf


# --- max


@given(masked(full_width), st.sampled_from([0.0, 1e300, np.inf]))
def test_masked_max_is_independent_of_what_is_hidden(example, by):
    """max(x, m) = max(y, m) where x = y in m, however large what is hidden"""
    (input, mask), options = example
    left = masked_max(hidden_changed(input, mask, by), mask, **options)
    assert_equal(left, masked_max(input, mask, **options))


@given(masked(sixteenths))
def test_masked_max_is_a_subtraction_of_a_large_constant(example):
    """The notes' max(x − (1 − m) · C), for a C larger than all numbers"""
    (input, mask), options = example
    lowered = input - ~mask * 2.0**20
    expected = lowered.max(options["dim"])
    assert_equal(masked_max(input, mask, **options), expected)


def test_masked_max_by_a_small_constant_is_wrong():
    """The notes' 10⁻¹⁰ is tiny, not very negative: the padding wins, −10⁻¹⁰ > −1"""
    padded, mask = np.array([-3.0, -1, -7, 0, 0]), np.array([1, 1, 1, 0, 0])
    assert (padded - (1 - mask) * 1e-10).max() == -1e-10
    assert (padded - (1 - mask) * 1e10).max() == -1
    assert masked_max(padded, mask == 1, dim=0) == -1


def test_masked_max_by_a_large_constant_is_no_mask_either():
    """A hidden 2 · 10¹⁰ still wins, by 10¹⁰; of what is seen NaN wins"""
    padded, mask = np.array([-1.0, 2e10]), np.array([1, 0])
    assert (padded - (1 - mask) * 1e10).max() == 1e10
    assert masked_max(padded, mask == 1, dim=0) == -1
    assert np.isnan(masked_max(np.array([np.nan, 1]), mask < 2, dim=0))


# --- softmax


@given(masked(full_width))
def test_masked_softmax_sums_to_one(example):
    """Σ s = 1 where anything takes part, and s = 0 elsewhere"""
    (input, mask), options = example
    probs = masked_softmax(bounded(input), mask, **options)
    total = probs.sum(options["dim"])
    assert_equal(total, np.ones(np.shape(total)))
    assert (probs[~mask] == 0).all()


@given(masked(ordinary))
def test_masked_softmax_is_softmax_of_what_takes_part(example):
    """s in m = softmax of the logits in m alone"""
    (input, mask), options = example
    rows, shown = (np.moveaxis(x, options["dim"], -1) for x in (input, mask))
    left = np.moveaxis(
        masked_softmax(bounded(input), mask, **options), options["dim"], -1
    )
    for n in np.ndindex(rows.shape[:-1]):
        expected = softmax(bounded(rows[n][shown[n]]), dim=0)
        assert_equal(left[n][shown[n]], expected)


@given(masked(ordinary))
def test_masked_softmax_is_that_of_logits_filled_with_minus_infinity(example):
    """softmax(where(m, z, −∞)), or the least float for −∞: one of a row is seen"""
    (input, mask), options = example
    left = masked_softmax(bounded(input), mask, **options)
    for fill in (-np.inf, np.finfo(np.float64).min):
        filled = filled_softmax(bounded(input), mask, **options, fill=fill)
        assert_equal(left, filled)


@given(masked(sixteenths), st.integers(-8, 8))
def test_masked_softmax_is_invariant_under_a_shift(example, shift):
    """softmax(z + c, m) = softmax(z, m)"""
    (input, mask), options = example
    left = masked_softmax(input + shift, mask, **options)
    assert_equal(left, masked_softmax(input, mask, **options))


@given(masked(sixteenths))
def test_masked_softmax_gradient_by_hidden_logits_is_zero(example):
    """∂ s / ∂ z[i] = 0 where i is hidden"""
    (input, mask), options = example
    by_probs = np.arange(1.0, 1 + input.size).reshape(input.shape)
    (slope,) = gradient(lambda z: masked_softmax(z, mask, **options), [input], by_probs)
    assert all(number == 0 for number in slope[~mask])


def test_masked_softmax_of_nothing_is_zero():
    """Where the four usual ways to hide differ: 0 here, NaN, uniform, or unmasked"""
    z, hidden = np.array([1.0, 2, 3]), np.zeros(3, bool)
    assert_equal(masked_softmax(z, hidden, dim=0), np.zeros(3))
    with np.errstate(invalid="ignore"):
        assert np.isnan(filled_softmax(z, hidden, dim=0, fill=-np.inf)).all()
    assert_equal(filled_softmax(z, hidden, dim=0, fill=-1e9), np.full(3, 1 / 3))
    assert_equal(softmax(z - (1 - hidden) * 1e10, dim=0), softmax(z, dim=0))


def test_filled_softmax_by_a_constant_can_be_defeated():
    """A valid −5 · 10⁹ is below a fill of −10⁹: all goes to the padding"""
    z, mask = np.array([-5e9, 0.0]), np.array([True, False])
    assert filled_softmax(z, mask, dim=0, fill=-1e9).tolist() == [0, 1]
    assert filled_softmax(z, mask, dim=0, fill=-1e10).tolist() == [1, 0]
    assert masked_softmax(z, mask, dim=0).tolist() == [1, 0]


def test_filled_softmax_of_logits_times_a_constant_is_wrong():
    """The notes' "multiply by −1e9" turns −0.5 into 5 · 10⁸"""
    z, mask = np.array([1.0, 0.3, -0.5]), np.array([True, True, False])
    multiplied = np.where(mask, z, -1e9 * z)
    assert softmax(multiplied, dim=0).tolist() == [0, 0, 1]
    assert masked_softmax(z, mask, dim=0)[2] == 0


def test_masked_softmax_hides_logits_and_not_weights():
    """Weights set to −∞, as the notes say, average to −∞, not to what is seen"""
    weights, values = np.array([0.6, 0.4, -np.inf]), np.array([1.0, 2.0, 3.0])
    assert (weights * values).sum() == -np.inf
    z, mask = np.log([0.6, 0.4, 0.5]), np.array([True, True, False])
    assert masked_softmax(z, mask, dim=0) @ values < 2


def test_masked_softmax_of_zero_lets_nan_through():
    """The notes: padded values become 0, multiplied by 0. NaN and ∞ become NaN"""
    mask = np.array([True, True, False])
    weights = masked_softmax(np.zeros(3), mask, dim=0)
    with np.errstate(invalid="ignore"):
        assert np.isnan(weights @ [1, 2, np.nan])
        assert np.isnan(weights @ [1, 2, np.inf])
    assert weights @ np.where(mask, [1, 2, np.nan], 0) == 1.5


@given(masked(sixteenths), st.integers(-8, 8))
def test_masked_softmax_attends_only_to_keys_that_take_part(example, by):
    """Σ s · v is that of the unpadded keys, whatever the padding's scores and values"""
    (input, mask), options = example
    scores, mask = (np.moveaxis(x, options["dim"], -1) for x in (input, mask))
    values = hidden_changed(scores + 1, mask, by)
    weights = masked_softmax(bounded(hidden_changed(scores, mask, by)), mask, dim=-1)
    for n in np.ndindex(scores.shape[:-1]):
        seen = scores[n][mask[n]]
        left = np.array((weights[n] * values[n]).sum())
        right = np.array((softmax(bounded(seen), dim=0) * (seen + 1)).sum())
        assert_equal(left, right)


# --- what leaks


@given(masked(ordinary))
def test_padding_leak_is_what_takes_part_short_of_one(example):
    """leak = 1 − Σ softmax(z)[m]"""
    (input, mask), options = example
    input, mask = (np.moveaxis(x, options["dim"], -1) for x in (input, mask))
    probs = softmax(bounded(input), dim=-1)
    kept = (probs * mask).sum(-1)
    assert_equal(padding_leak(bounded(input), mask), 1 - kept)


@given(masked(sixteenths))
def test_padding_leak_is_positive_where_anything_is_hidden(example):
    """0 < leak < 1 in exact arithmetic: with no mask, padding takes part"""
    (input, mask), options = example
    input, mask = (np.moveaxis(x, options["dim"], -1) for x in (input, mask))
    leak, error = intervals(padding_leak(bounded(input), mask))
    assert (leak + error > 0)[~mask.all(-1)].all()
    assert (leak - error < 1).all()
    assert (leak[mask.all(-1)] == 0).all()


@given(masked(sixteenths), sixteenths((1,)))
def test_padding_leak_is_antitone_in_what_takes_part(example, by):
    """x ≤ z where m  ⇒  leak(x) ≥ leak(z): the louder the words, the less is lost"""
    (input, mask), options = example
    input, mask = (np.moveaxis(x, options["dim"], -1) for x in (input, mask))
    less, error = intervals(padding_leak(bounded(input), mask))
    raised = bounded(input + mask * abs(by))
    more, other = intervals(padding_leak(raised, mask))
    assert (less + error >= more - other).all()


def test_padding_leak_of_the_notes():
    """softmax([3, 1, 7, 0, 0]) leaves 0.9982 to the words"""
    z, mask = np.array([3.0, 1, 7, 0, 0]), np.array([1, 1, 1, 0, 0]) == 1
    assert 0.9982 < 1 - padding_leak(z, mask) < 0.9983


# --- the loss


@given(masked(sixteenths), st.integers(0, 9))
def test_masked_mean_of_losses_is_that_of_a_loss_that_ignores(example, target):
    """mean(loss, m) = cross_entropy with ignore_index where m hides"""
    (input, mask), _ = example
    logits, shown = input.reshape(-1, 1) * [1, -1], mask.ravel()
    targets = np.where(shown, target % 2, -100)
    losses = cross_entropy(
        bounded(logits), np.full(shown.shape, target % 2), reduction="none"
    )
    left = masked_mean(losses, shown, dim=0)
    assert_equal(left, cross_entropy(bounded(logits), targets, ignore_index=-100))


# --- errors


@pytest.mark.parametrize(
    "function", [masked_mean, masked_max, masked_softmax, filled_softmax]
)
def test_masked_rejects_masks_that_do_not_fit(function):
    options = {"fill": 0.0} if function is filled_softmax else {}
    x, mask = np.ones((2, 3)), np.ones((2, 3), bool)
    with pytest.raises(ValueError, match="input and mask have shapes"):
        function(x, mask[:1], dim=0, **options)
    with pytest.raises(ValueError, match="mask has dtype float64; it must be bool"):
        function(x, x, dim=0, **options)
    with pytest.raises(ValueError, match="dim is 2; input has 2 axes"):
        function(x, mask, dim=2, **options)


def test_padding_leak_rejects_rows_of_nothing():
    with pytest.raises(ValueError, match="must have classes"):
        padding_leak(np.ones((1, 0)), np.ones((1, 0), bool))


# --- agreement


@given(poisoned(full_width))
def test_masked_mean_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, masked_mean, *tensors, **options)


@given(poisoned(full_width))
def test_masked_max_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, masked_max, *tensors, **options)


@given(poisoned(full_width))
def test_masked_softmax_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, masked_softmax, *tensors, **options)


@given(masked(full_width), FILLS)
def test_filled_softmax_agrees_with_backend(backend, example, fill):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, filled_softmax, *tensors, **options, fill=fill)


@given(anything(full_width))
def test_padding_leak_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    tensors = [np.moveaxis(x, options["dim"], -1) for x in tensors]
    agree(backend, padding_leak, *tensors)


@pytest.mark.parametrize("way", ways("masked_mean")[1:])
@given(masked(full_width))
def test_masked_mean_agrees_with_backend_where_something_is_seen(backend, way, example):
    """torch.masked: what it gives for rows that are hidden is not defined."""
    tensors, options = example
    agree(backend, masked_mean, *tensors, way=way, **options)


@pytest.mark.parametrize("way", ways("masked_max")[1:])
@given(masked(full_width))
def test_masked_max_agrees_with_backend_where_something_is_seen(backend, way, example):
    """torch.masked, without the gradient, which equal elements share there."""
    tensors, options = example
    agree(backend, masked_max, *tensors, way=way, constant=("input",), **options)


@pytest.mark.parametrize("way", ways("masked_softmax")[1:])
@given(masked(full_width))
def test_masked_softmax_agrees_with_backend_where_something_is_seen(
    backend, way, example
):
    """torch.masked: what it gives for rows that are hidden is not defined."""
    tensors, options = example
    agree(backend, masked_softmax, *tensors, way=way, **options)
