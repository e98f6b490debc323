"""The laws of reference/optimisers/averages.py, then its agreement with backends."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.optimisers.strategies import paths, shares
from properties.strategies import (
    codes,
    fractions,
    ordinary,
    per_axis,
    positive,
    tile_edges,
    whole_numbers,
)
from reference.optimisers.averages import (
    ensemble_average,
    ewma,
    geometric_sum,
    minibatch_gradient,
    reuse_rows,
)

# --- strategies

BETAS = st.sampled_from([0.9, 0.5, 0.0, 0.99, 0.25])


@st.composite
def stacks(draw, elements):
    """A few arrays of one shape, or many of one or two numbers."""
    if draw(st.integers(0, 7)) == 7:
        return draw(elements((draw(tile_edges(64)), 2)))
    return draw(per_axis(3, 1, 4).flatmap(elements))


@st.composite
def batches(draw, elements):
    """Gradients of examples, and indices of some of them, again and again."""
    x = draw(stacks(elements))
    drawn = draw(codes((draw(st.integers(1, 6)),)))
    return x, (drawn % len(x)).astype(np.int64)


@st.composite
def classifiers(draw, elements):
    """A new classifier, a trained one, and the rows that it is to have of it."""
    classes, features, sources = draw(whole_numbers((1, 5), (1, 5), (1, 4)))
    rows = draw(codes((classes,))) % (sources + 1)
    tensors = draw(elements((classes, features))), draw(elements((sources, features)))
    return *tensors, rows.astype(np.int64) - 1


# --- identities


@given(paths(fractions), shares)
def test_ewma_is_made_of_the_mean_before(path, beta):
    """m[t+1] = β · m[t] + (1 − β) · x[t],  m[0] = 0"""
    _, x = path
    means = ewma(x, beta=beta)
    before = np.concatenate([0 * means[:1], means[:-1]])
    assert_equal(means, beta * before + (1 - beta) * x)


@given(st.integers(1, 8), shares)
def test_ewma_weights_sum_to_one_less_a_power(steps, beta):
    """The mean of ones is 1 − βᵗ, by which Adam divides"""
    ones = np.array([1] * steps, object)
    expected = [1 - beta ** (t + 1) for t in range(steps)]
    assert_equal(ewma(ones, beta=beta), np.array(expected, object))


@given(per_axis(1, 1, 4).flatmap(fractions), st.integers(0, 6))
def test_geometric_sum_has_a_closed_form(x, terms):
    """(1 − x) · (1 + x + … + x^(n−1)) = 1 − xⁿ: the last power is n − 1, not n"""
    left = (1 - x) * geometric_sum(x, terms=terms)
    assert_equal(left, 1 - x**terms)


@given(batches(fractions))
def test_minibatch_gradient_of_everything_is_the_mean(example):
    """batch = all examples: the gradient of the mean loss"""
    x, _ = example
    assert_equal(minibatch_gradient(x, np.arange(len(x))), ensemble_average(x))


@given(per_axis(2, 1, 4).flatmap(fractions), st.integers(1, 2))
def test_minibatch_gradient_is_unbiased(x, size):
    """Over all batches of a size, drawn with replacement, its mean is the gradient"""
    every = itertools.product(range(len(x)), repeat=size)
    estimates = [minibatch_gradient(x, np.array(batch)) for batch in every]
    assert_equal(ensemble_average(np.stack(estimates)), ensemble_average(x))


@given(st.integers(1, 3), st.integers(1, 3), st.data())
def test_minibatch_gradient_over_a_partition_averages_to_the_gradient(k, size, data):
    """Batches of one size that make up the examples: the mean of their gradients"""
    x = data.draw(fractions((k * size, 2)), "x")
    order = np.array(data.draw(st.permutations(range(k * size)), "order"))
    parts = order.reshape(k, size)
    estimates = [minibatch_gradient(x, part) for part in parts]
    assert_equal(ensemble_average(np.stack(estimates)), ensemble_average(x))


# --- algebra


@given(paths(fractions), shares, shares)
def test_ewma_is_homogeneous(path, beta, a):
    """ewma(a x) = a · ewma(x)"""
    _, x = path
    assert_equal(ewma(a * x, beta=beta), a * ewma(x, beta=beta))


# --- invariances


@given(stacks(fractions), st.randoms(use_true_random=False))
def test_ensemble_average_is_invariant_under_permutations(x, random):
    """The order of the models is of no account"""
    order = random.sample(range(len(x)), len(x))
    assert_equal(ensemble_average(x[order]), ensemble_average(x))


@given(classifiers(fractions), st.randoms(use_true_random=False))
def test_reuse_rows_is_equivariant_under_permutations_of_classes(example, random):
    """reuse(w[order], source, rows[order]) = reuse(w, source, rows)[order]"""
    weight, source, rows = example
    order = random.sample(range(len(rows)), len(rows))
    left = reuse_rows(weight[order], source, rows[order])
    assert_equal(left, reuse_rows(weight, source, rows)[order])


@given(classifiers(fractions), st.data())
def test_reuse_rows_keeps_the_logits_of_reused_classes(example, data):
    """Logits by the new classifier are those by the old, or by the one before"""
    weight, source, rows = example
    x = data.draw(fractions(weight.shape[1:]), "x")
    left = reuse_rows(weight, source, rows) @ x
    for c, row in enumerate(rows):
        assert left[c] == (weight[c] if row < 0 else source[row]) @ x


# --- bounds


@given(stacks(fractions), st.data())
def test_ensemble_average_errs_no_more_than_its_models_on_average(x, data):
    """(mean prediction − y)² ≤ the mean of (prediction − y)²: Jensen"""
    y = data.draw(fractions(x.shape[1:]), "y")
    left = (ensemble_average(x) - y) ** 2
    assert (left <= ensemble_average((x - y) ** 2)).all()


@given(paths(fractions), shares)
def test_ewma_of_squares_is_bounded_by_the_greatest(path, beta):
    """0 ≤ m[t] ≤ max x² for the squares x²"""
    _, x = path
    means = ewma(x * x, beta=beta)
    assert ((means >= 0) & (means <= (x * x).max(axis=0))).all()


# --- special cases


@given(per_axis(2, 1, 3).flatmap(fractions))
def test_ensemble_average_of_one_model_is_its_prediction(x):
    """One model: its own prediction; the same one several times: too"""
    assert_equal(ensemble_average(x[None]), x)
    assert_equal(ensemble_average(np.stack([x] * 3)), x)


@given(per_axis(1, 1, 3).flatmap(fractions))
def test_ewma_without_memory_is_its_input(x):
    """β = 0: m[t + 1] = x[t]"""
    assert_equal(ewma(x, beta=0), x)


def test_geometric_sum_counts_its_terms():
    """x = 1: n; x = 9/10: 1, 1.9, 2.71, where notes with one term more have 3.439"""
    assert_equal(geometric_sum(np.ones(1), terms=5), np.array([5.0]))
    sums = [geometric_sum(np.array(0.9), terms=n) for n in (1, 2, 3)]
    assert_equal(np.array(sums).round(9), np.array([1.0, 1.9, 2.71]))


def test_reuse_rows_has_many_features():
    weight, source = np.zeros((2, 300)), np.ones((1, 300))
    assert (reuse_rows(weight, source, np.array([-1, 0])) == [[0], [1]]).all()


def test_ewma_is_corrected_from_step_one():
    """The notes: t from 0, and m / (1 − βᵗ) is by 0; with t = 1 the first mean is g"""
    beta, g = Fraction(9, 10), Fraction(3)
    first = ewma(np.array([g], object), beta=beta)[0]
    assert 1 - beta**0 == 0
    assert first / (1 - beta**1) == g


# --- errors


@pytest.mark.parametrize("beta", [1, -0.1])
def test_ewma_rejects_beta(beta):
    with pytest.raises(ValueError, match="beta is"):
        ewma(np.ones(3), beta=beta)


def test_ewma_rejects_a_number():
    with pytest.raises(ValueError, match="no axes"):
        ewma(np.array(1.0), beta=0.5)


def test_geometric_sum_rejects_a_negative_count():
    with pytest.raises(ValueError, match="terms is -1"):
        geometric_sum(np.ones(1), terms=-1)


@pytest.mark.parametrize("shape", [(), (0, 2)])
def test_ensemble_average_rejects_no_models(shape):
    with pytest.raises(ValueError, match="models"):
        ensemble_average(np.zeros(shape))


@pytest.mark.parametrize("batch", [[], [3], [-1], [[0]]])
def test_minibatch_gradient_rejects_indices(batch):
    with pytest.raises(ValueError, match="batch"):
        minibatch_gradient(np.zeros((3, 2)), np.array(batch, np.int64))


@pytest.mark.parametrize("rows", [[0], [0, 3], [0, 4], [0, -2]])
def test_reuse_rows_rejects_rows(rows):
    with pytest.raises(ValueError, match="rows"):
        reuse_rows(np.zeros((2, 3)), np.zeros((3, 3)), np.array(rows))


@pytest.mark.parametrize("features", [2, 4])
def test_reuse_rows_rejects_rows_of_other_features(features):
    with pytest.raises(ValueError, match="features"):
        reuse_rows(np.zeros((1, 3)), np.zeros((1, features)), np.zeros(1, int))


# --- agreement


@given(stacks(ordinary), BETAS)
def test_ewma_agrees_with_backend(backend, x, beta):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, ewma, x[:9], beta=beta)


@given(per_axis(2, 0, 4).flatmap(positive), st.integers(0, 9))
def test_geometric_sum_agrees_with_backend(backend, x, terms):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, geometric_sum, x, constant=("input",), terms=terms)


@given(stacks(ordinary))
def test_ensemble_average_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, ensemble_average, x)


@given(batches(ordinary))
def test_minibatch_gradient_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, minibatch_gradient, *example)


@given(classifiers(ordinary))
def test_reuse_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, reuse_rows, *example)
