"""The laws of reference/dropout/masking.py, then its agreement with the backends."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.calls import Call
from properties.strategies import codes, fractions, ordinary, per_axis, sixteenths
from reference.dropout.masking import (
    dropconnect,
    expected_dropout,
    inverted_dropout,
    marginal_output,
    stochastic_depth,
    unscaled_dropout,
)

# --- strategies

SHAPES = st.sampled_from([(33,), (2, 3), (65,), (2, 2, 2), (3,), (2, 33), (0, 2)])
PROBABILITIES = st.sampled_from([0.25, 0.5, 0.1, 1.0, 0.0, 0.9])
shares = st.integers(0, 8).map(lambda k: Fraction(k, 8))
FALSE_ALARM = 1e-12
"""How often a test of chance may fail a right backend: a run makes some 53 000."""

RANDOM = [f"inverted_dropout_{way}" for way in ("random", "module", "inplace")]


def masks(shape):
    return codes(shape).map(lambda code: np.asarray(code % 2 == 1))


@st.composite
def masked(draw, elements, shapes=SHAPES):
    """An array, and which of its numbers take part."""
    shape = draw(shapes)
    return draw(elements(shape)), draw(masks(shape))


@st.composite
def connections(draw, elements, sides=3):
    """An input, a weight, a bias, and which weights take part."""
    batch, outputs, features = draw(per_axis(3, 1, sides))
    if elements is ordinary:
        features = draw(st.sampled_from([3, 33, 1, 5]))
    x, b = draw(elements((batch, features))), draw(elements((outputs,)))
    return x, draw(elements((outputs, features))), b, draw(masks((outputs, features)))


def every_mask(x, p):
    """Every mask of an array, and its probability."""
    for kept in itertools.product((False, True), repeat=x.size):
        chances = [1 - p if one else p for one in kept]
        yield np.reshape(kept, x.shape), np.prod(chances, initial=Fraction(1))


def expectation(x, p, function):
    """The mean of a function of masks, exactly."""
    return sum(chance * function(mask) for mask, chance in every_mask(x, p))


small = st.integers(1, 4).flatmap(lambda n: fractions((n,)))
units = per_axis(2, 1, 3).flatmap(
    lambda s: st.tuples(fractions(s), fractions(s[1:]), shares)
)

# --- identities


@given(small, shares)
def test_expected_dropout_is_the_mean_of_unscaled_dropout(x, p):
    """(1 − p) · x = E y, over all 2ⁿ masks"""
    mean = expectation(x, p, lambda mask: unscaled_dropout(x, mask))
    assert_equal(mean, expected_dropout(x, p=p))


@given(small, shares)
def test_unscaled_dropout_has_a_variance(x, p):
    """E y² − (E y)² = p · (1 − p) · x², over all 2ⁿ masks"""
    square = expectation(x, p, lambda mask: unscaled_dropout(x, mask) ** 2)
    assert_equal(square - expected_dropout(x, p=p) ** 2, p * (1 - p) * x**2)


@given(small, st.integers(0, 7).map(lambda k: Fraction(k, 8)))
def test_inverted_dropout_has_its_input_as_mean(x, p):
    """E y = x, over all 2ⁿ masks, for p < 1"""
    assert_equal(expectation(x, p, lambda mask: inverted_dropout(x, mask, p=p)), x)


@given(units)
def test_marginal_output_of_a_linear_unit_is_that_of_the_mean_input(unit):
    """Σ_m P(m) · w · (m ∘ x) = w · (1 − p) x"""
    x, w, p = unit
    assert_equal(marginal_output(x, w, p=p), expected_dropout(x, p=p) @ w)


@given(units)
def test_marginal_output_is_the_mean_over_masks(unit):
    """Σ_m P(m) · max(0, w · (m ∘ x))"""
    x, w, p = unit
    for row, mean in zip(x, marginal_output(x, w, p=p, rectified=True)):
        terms = expectation(
            row, p, lambda m, row=row: max(0, unscaled_dropout(row, m) @ w)
        )
        assert terms == mean


def test_marginal_output_is_scaled_by_what_is_kept():
    """The notes: at test time, multiply by the dropout probability. By 1 − p it is,

    and it is the mean for linear units alone: E max(0, m₁ − m₂) = 1/4, not 0.
    """
    one, p = np.array([[Fraction(1)]], object), Fraction(3, 10)
    assert marginal_output(one, one[0], p=p)[0] == 1 - p != p
    x = np.array([[Fraction(1), Fraction(1)]], object)
    w = np.array([Fraction(1), Fraction(-1)], object)
    mean = marginal_output(x, w, p=Fraction(1, 2), rectified=True)[0]
    assert (
        mean == Fraction(1, 4) != max(0, expected_dropout(x, p=Fraction(1, 2))[0] @ w)
    )


@given(connections(fractions, sides=2), shares)
def test_dropconnect_has_the_mean_of_smaller_weights(example, p):
    """E y = (1 − p) · W x + b, over all masks of the weights"""
    x, w, b, _ = example
    mean = expectation(w, p, lambda mask: dropconnect(x, w, b, mask))
    assert_equal(mean, (1 - p) * (x @ w.T) + b)


@given(connections(fractions))
def test_dropconnect_of_one_mask_for_all_outputs_is_unscaled_dropout(example):
    """mask[k, i] = m[i]:  y = W (m ∘ x) + b"""
    x, w, b, mask = example
    left = dropconnect(x, w, b, np.repeat(mask[:1], len(w), axis=0))
    assert_equal(
        left, unscaled_dropout(x, np.repeat(mask[:1], len(x), axis=0)) @ w.T + b
    )


# --- special cases


@given(masked(fractions))
def test_inverted_dropout_is_no_more_after_training(example):
    """y = x if not training, whatever mask and p are"""
    x, mask = example
    for p in (0, Fraction(1, 2), 1):
        assert_equal(inverted_dropout(x, mask, p=p, training=False), x)


@given(masked(fractions))
def test_inverted_dropout_of_everything_is_zero(example):
    """p = 1: y = 0;  p = 0, and all take part: y = x"""
    x, mask = example
    assert_equal(inverted_dropout(x, mask, p=1), 0 * x)
    assert_equal(inverted_dropout(x, np.ones(x.shape, bool), p=0), x)


@given(masked(fractions, st.sampled_from([(3, 2), (2, 2, 2), (1, 3)])), shares)
def test_stochastic_depth_leaves_out_whole_examples(example, p):
    """y[n] = x[n] / (1 − p) or 0; one mask for all is a mask for each"""
    x, mask = example
    rows = mask.reshape(len(x), -1)[:, 0]
    y = stochastic_depth(x, rows, p=p)
    for n, kept in enumerate(rows):
        assert_equal(y[n], x[n] / (1 - p) if kept and p < 1 else 0 * x[n])
    same = np.repeat(rows[:1], len(x))
    assert_equal(stochastic_depth(x, rows[:1], p=p), stochastic_depth(x, same, p=p))
    assert_equal(stochastic_depth(x, rows, p=p, training=False), x)


# --- gradients


@given(masked(sixteenths))
def test_inverted_dropout_gradient_has_the_same_mask(example):
    """∂ Σ y / ∂x = mask / (1 − p)"""
    x, mask = example
    function = lambda x: inverted_dropout(x, mask, p=0.75)  # noqa: E731
    (slope,) = gradient(function, [x], np.ones(x.shape))
    assert_equal(slope.astype(float), mask * 4.0)


def test_marginal_output_rectified_has_no_gradient_at_zero():
    """Σ w x = 0, with each mask: none of them is on the way up"""
    x, weight = np.zeros((1, 2)), np.ones(2)
    (slope,) = gradient(
        lambda x: marginal_output(x, weight, p=0.5, rectified=True), [x], np.ones(1)
    )
    assert_equal(slope.astype(float), x)


# --- errors


def test_inverted_dropout_rejects_bad_input():
    x = np.zeros(2)
    for p in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="p is"):
            inverted_dropout(x, x == 0, p=p)
    with pytest.raises(ValueError, match="mask has shape"):
        inverted_dropout(x, np.ones(3, bool))


@pytest.mark.parametrize(
    "shapes", [[(2, 3), (2,)], [(2, 3, 1), (3, 1)], [(0, 3, 1), (3, 1)], [(2,), ()]]
)
def test_marginal_output_rejects_shapes(shapes):
    with pytest.raises(ValueError, match="input and weight have shapes"):
        marginal_output(*map(np.ones, shapes), p=0.5)


def test_dropconnect_rejects_layers_that_do_not_fit():
    x, w, b, mask = np.ones((1, 2)), np.ones((3, 2)), np.ones(3), np.ones((3, 2), bool)
    for other in ((x[:, :1], w, b, mask), (x, w, b[:1], mask)):
        with pytest.raises(ValueError, match="input, weight and bias have shapes"):
            dropconnect(*other)
    with pytest.raises(ValueError, match="input has shape"):
        dropconnect(x[0], w, b, mask)


# --- agreement


@given(masked(ordinary))
def test_unscaled_dropout_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, unscaled_dropout, *example)


@given(SHAPES.flatmap(ordinary), PROBABILITIES)
def test_expected_dropout_agrees_with_backend(backend, x, p):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, expected_dropout, x, p=p)


@given(masked(ordinary), PROBABILITIES, st.booleans())
def test_inverted_dropout_agrees_with_backend(backend, example, p, evaluating):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, inverted_dropout, *example, p=p, training=not evaluating)


@given(
    per_axis(2, 1, 3).flatmap(lambda s: st.tuples(ordinary(s), ordinary(s[1:]))),
    PROBABILITIES,
    st.booleans(),
)
def test_marginal_output_agrees_with_backend(backend, example, p, rectified):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, marginal_output, *example, p=p, rectified=rectified)


@given(connections(ordinary))
def test_dropconnect_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, dropconnect, *example)


@given(
    st.sampled_from([(2, 33), (3, 2, 2), (33, 1), (1, 4)]).flatmap(
        lambda s: st.tuples(ordinary(s), masks(s[:1]))
    ),
    PROBABILITIES,
    st.sampled_from(["row", "batch", "evaluation"]),
)
def test_stochastic_depth_agrees_with_backend(backend, example, p, mode):
    """The backend is as close to the definition as its precision promises."""
    x, mask = example
    mask = mask if mode == "row" else mask[:1]
    agree(backend, stochastic_depth, x, mask, p=p, training=mode != "evaluation")


# --- laws of backends, whose masks are their own


def dropped(backend, way, x, seed, p, training=True):
    """A backend's input as it is rounded, its result and its gradient of Σ c · y; c."""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement {way}")
    options = {"p": p, "training": training}
    call = Call(backend, inverted_dropout, (x, np.array(seed)), options, way=way)
    call.submit()
    parts = call.outcome()
    backend.ledger.count()
    weights = call.weights_of_results()[0]
    return call.tensors[0], parts["result"][0], parts["gradient of input"][0], weights


@pytest.mark.parametrize("way", RANDOM)
@given(SHAPES.flatmap(sixteenths), st.integers(0, 99), st.sampled_from([0.5, 0.75]))
def test_inverted_dropout_drops_or_scales(backend, way, x, seed, p):
    """y[i] is 0 or x[i] / (1 − p), exactly; the gradient is by the same mask"""
    x, y, slope, weights = dropped(backend, way, x, seed, p)
    kept = np.where(x == 0, slope != 0, y != 0)
    assert_equal(y.astype(float) + 0.0, np.where(kept, x / (1 - p), 0) + 0.0)
    assert_equal(slope.astype(float) + 0.0, np.where(kept, weights / (1 - p), 0) + 0.0)


@pytest.mark.parametrize("way", RANDOM)
@given(SHAPES.flatmap(sixteenths), st.integers(0, 99), st.sampled_from([0.3, 1.0, 0.0]))
def test_inverted_dropout_switches_off(backend, way, x, seed, p):
    """Not training, or p = 0: y = x and the gradient is 1;  p = 1: both are 0"""
    for training in (False, True) if p in (0, 1) else (False,):
        x, y, slope, weights = dropped(backend, way, x, seed, p, training)
        factor = 0.0 if training and p == 1 else 1.0
        assert_equal(y.astype(float), factor * x)
        assert_equal(slope.astype(float), factor * weights)


@given(st.integers(0, 2**20), st.sampled_from([0.5, 0.1, 0.9]))
def test_inverted_dropout_drops_its_share(backend, seed, p):
    """The count of what is kept is binomial, of n and 1 − p"""
    x = np.ones((61, 67))
    _, y, _, _ = dropped(backend, RANDOM[0], x, seed, p)
    assert chance((y != 0).sum(), y.size, 1 - p) > FALSE_ALARM


@given(st.integers(0, 2**20))
def test_inverted_dropout_drops_each_number_by_itself(backend, seed):
    """For p = 1/2, how often mask[i] = mask[i + lag] is binomial, of n − lag and 1/2"""
    _, y, _, _ = dropped(backend, RANDOM[0], np.ones(1031), seed, 0.5)
    kept = y != 0
    lags = range(1, 130)
    alike = np.array([(kept[lag:] == kept[:-lag]).sum() for lag in lags])
    assert (chance(alike, kept.size - np.array(lags), 0.5) > FALSE_ALARM).all()


@given(st.integers(0, 2**20))
def test_inverted_dropout_has_another_mask_each_time(backend, seed):
    """For p = 1/2, how often two masks are alike is binomial, of n and 1/2"""
    kept = [
        dropped(backend, RANDOM[0], np.ones(1031), s, 0.5)[1] != 0
        for s in (seed, seed + 1)
    ]
    assert chance((kept[0] == kept[1]).sum(), 1031, 0.5) > FALSE_ALARM


def chance(count, n, p):
    """How probable a count is that is at least as far from what is expected."""
    return 2 * np.minimum(binom.cdf(count, n, p), binom.sf(count - 1, n, p))
