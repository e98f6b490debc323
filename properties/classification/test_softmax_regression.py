"""The laws of reference/softmax_regression.py, then its agreement with the backends."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    fractions,
    full_width,
    ordinary,
    per_axis,
    sixteenths,
    tile_edges,
)
from reference.classification.cross_entropy import cross_entropy
from reference.classification.entropy import information
from reference.classification.softmax import softmax
from reference.classification.softmax_regression import (
    likelihood,
    linear,
    log_likelihood,
    softmax_regression,
    softmax_regression_gradient,
)

# --- strategies

FEATURES = st.sampled_from([2, 1, 3] * 6 + [16, 17, 33])
"""Sizes of the axis that is reduced; rarely, those that kernels are tiled by."""


@st.composite
def layers(draw, elements, *, most=3, bias=True):
    """Features of a batch of up to so many axes, a weight, and a bias or None."""
    batch = draw(st.lists(st.integers(1, 3), max_size=most - 1))
    features, outputs = draw(FEATURES), draw(st.integers(1, 3))
    x = draw(elements((*batch, features)))
    weight = draw(elements((outputs, features)))
    return (
        x,
        weight,
        draw(elements((outputs,))) if bias and draw(st.booleans()) else None,
    )


@st.composite
def wide_layers(draw):
    """Many features of one or two, a weight and a bias."""
    features, (batch, outputs) = draw(tile_edges(256)), draw(per_axis(2, 1, 2))
    x = draw(ordinary((batch, features)))
    return x, draw(ordinary((outputs, features))), draw(ordinary((outputs,)))


@st.composite
def classifiers(draw, elements):
    """Features of a batch, a weight, a bias or None, and targets."""
    batch, features, classes = draw(per_axis(3, 1, 3))
    x = draw(elements((batch, features)))
    weight = draw(elements((classes, features)))
    bias = draw(st.none() | elements((classes,)))
    target = draw(codes((batch,))) % classes
    return x, weight, bias, target.astype(np.int64)


@st.composite
def chances(draw, elements, *, models=None):
    """Probabilities of classes for each of a batch, by each model; and targets."""
    batch, classes = draw(per_axis(2, 1, 5))
    shape = (batch, classes) if models is None else (models, batch, classes)
    target = draw(codes((batch,))) % classes
    return draw(elements(shape)), target.astype(np.int64)


@cache
def small(shape):
    """Numbers whose products with each other stay far below what e^x overflows at."""
    return ordinary(shape).map(lambda x: x / 8)


@cache
def likely(shape):
    """Numbers in [e⁻¹, 1], with random bits: products of a few do not underflow."""
    return ordinary(shape).map(lambda x: np.exp(-abs(x) / 64))


# --- identities


@given(layers(fractions))
def test_linear_is_a_matrix_product(layer):
    """linear(x, W, b) = x Wᵀ + b"""
    x, weight, bias = layer
    assert_equal(linear(x, weight), x @ weight.T)
    if bias is not None:
        assert_equal(linear(x, weight, bias), x @ weight.T + bias)


@given(layers(fractions))
def test_linear_has_identity_the_unit_matrix(layer):
    """linear(x, I) = x"""
    x, _, _ = layer
    assert_equal(linear(x, np.eye(x.shape[-1], dtype=int)), x)


@given(classifiers(fractions), st.data())
def test_linear_of_linear_is_linear(layer, data):
    """linear(linear(x, V, a), W, b) = linear(x, W V, W a + b)"""
    x, v, _, _ = layer
    w = data.draw(fractions((2, len(v))), "W")
    a = data.draw(fractions((len(v),)), "a")
    b = data.draw(fractions((2,)), "b")
    assert_equal(linear(linear(x, v, a), w, b), linear(x, w @ v, w @ a + b))


@given(classifiers(sixteenths))
def test_softmax_regression_averages_its_batch(classifier):
    """L = Σ_n −log softmax(W x[n] + b)[k[n]] / batch"""
    x, weight, bias, target = classifier
    x = bounded(x)
    probs = softmax(linear(x, weight, bias), dim=1)
    right = -log_likelihood(probs, target)[()] / len(x)
    assert_equal(softmax_regression(x, weight, bias, target)[()], right)


@given(chances(likely))
def test_log_likelihood_is_the_logarithm_of_likelihood(example):
    """log Π p = Σ log p"""
    probs, target = bounded(example[0]), example[1]
    assert_equal(
        np.log(likelihood(probs, target)[()]), log_likelihood(probs, target)[()]
    )


@given(chances(full_width))
def test_cross_entropy_is_negative_log_likelihood(example):
    """Σ_n cross_entropy(z[n], k[n]) = −log_likelihood(softmax(z), k)"""
    z, target = bounded(np.clip(example[0], -64, 64)), example[1]
    left = cross_entropy(z, target, reduction="sum")[()]
    assert_equal(left, -log_likelihood(softmax(z, dim=1), target)[()])


# --- algebra


@given(layers(fractions, bias=False), st.data())
def test_linear_is_additive_in_the_input(layer, data):
    """linear(a x + y, W, b) = a · linear(x, W) + linear(y, W, b)"""
    x, weight, _ = layer
    y = data.draw(fractions(x.shape), "y")
    b = data.draw(fractions((len(weight),)), "b")
    a = data.draw(fractions((1,)), "a")[0]
    left = linear(a * x + y, weight, b)
    assert_equal(left, a * linear(x, weight) + linear(y, weight, b))


@given(layers(fractions, bias=False), st.data())
def test_linear_is_additive_in_the_weight(layer, data):
    """linear(x, a V + W) = a · linear(x, V) + linear(x, W)"""
    x, v, _ = layer
    w = data.draw(fractions(v.shape), "W")
    a = data.draw(fractions((1,)), "a")[0]
    assert_equal(linear(x, a * v + w), a * linear(x, v) + linear(x, w))


@given(layers(fractions, bias=False), st.data())
def test_linear_is_adjoint_to_its_transpose(layer, data):
    """linear(x, W) · y = x · linear(y, Wᵀ)"""
    x, weight, _ = layer
    y = data.draw(fractions((*x.shape[:-1], len(weight))), "y")
    left = (linear(x, weight) * y).sum()
    assert left == (x * linear(y, weight.T)).sum()


@given(chances(fractions), chances(fractions))
def test_likelihood_of_independent_batches_is_their_product(first, second):
    """likelihood([p, q]) = likelihood(p) · likelihood(q)"""
    (p, j), (q, k) = first, second
    both = np.zeros((len(p) + len(q), max(p.shape[1], q.shape[1])), object)
    both[: len(p), : p.shape[1]] = p
    both[len(p) :, : q.shape[1]] = q
    left = likelihood(both, np.concatenate([j, k]))[()]
    assert left == likelihood(p, j)[()] * likelihood(q, k)[()]


# --- invariances


@given(layers(fractions))
def test_linear_is_applied_to_each_of_a_batch(layer):
    """linear(x)[n] = linear(x[n])"""
    x, weight, bias = layer
    flat = x.reshape(-1, x.shape[-1])
    left = linear(x, weight, bias).reshape(len(flat), len(weight))
    assert_equal(left, np.stack([linear(row, weight, bias) for row in flat]))


@given(classifiers(sixteenths), st.data())
def test_softmax_regression_is_invariant_under_shifts(classifier, data):
    """L(W + c, b + a) = L(W, b) for a c and an a that all classes share"""
    x, weight, bias, target = classifier
    c = data.draw(sixteenths((x.shape[1],)), "c")
    bias = np.zeros(len(weight)) if bias is None else bias
    left = softmax_regression(x, weight + c, bias + 2, target)
    assert_equal(left, softmax_regression(x, weight, bias, target))


# --- bounds


@given(classifiers(sixteenths), st.data())
def test_softmax_regression_is_convex_in_the_weight(classifier, data):
    """L((V + W) / 2) ≤ (L(V) + L(W)) / 2"""
    x, v, bias, target = classifier
    w = data.draw(sixteenths(v.shape), "W")
    x, v, w, middle = map(bounded, (x, v, w, (v + w) / 2))
    left = softmax_regression(x, middle, bias, target)[()]
    losses = [softmax_regression(x, weight, bias, target)[()] for weight in (v, w)]
    right = sum(losses) / 2
    assert_equal(np.maximum(left, right), right)


@given(chances(fractions, models=2))
def test_likelihood_and_log_likelihood_choose_the_same_model(example):
    """likelihood(p, k) ≤ likelihood(q, k)  ⇔  log_likelihood(p, k) ≤ …(q, k)"""
    probs, target = example
    p, q = abs(probs) + 1
    less, more = sorted([p, q], key=lambda model: likelihood(model, target)[()])
    left = log_likelihood(bounded(less), target)[()]
    right = log_likelihood(bounded(more), target)[()]
    assert_equal(np.maximum(left, right), right)


# --- special cases


def test_likelihood_underflows_where_log_likelihood_does_not():
    """Π p = 0 in float64 for 2000 coins, Σ log p = −2000 log 2"""
    probs, target = np.full((2000, 2), 0.5), np.zeros(2000, np.int64)
    assert likelihood(probs, target) == 0
    left = log_likelihood(bounded(probs), target)[()]
    assert_equal(left, -2000 * information(bounded(np.array(0.5)))[()])


@given(classifiers(sixteenths))
def test_softmax_regression_without_weights_is_a_guess(classifier):
    """L(0, 0) = log classes"""
    x, weight, _, target = classifier
    left = softmax_regression(bounded(x), 0 * weight, None, target)[()]
    assert_equal(left, np.log(bounded(np.array(float(len(weight))))[()]))


# --- gradients


@given(classifiers(small))
def test_softmax_regression_gradient_is_that_of_the_tape(classifier):
    """∂L / ∂W = Σ_n (s[n] − y[n]) x[n]ᵀ / batch, and ∂L / ∂b likewise without x"""
    x, weight, bias, target = classifier
    bias = np.zeros(len(weight)) if bias is None else bias
    x, weight, bias = bounded(x), bounded(weight), bounded(bias)
    left = gradient(
        lambda weight, bias: softmax_regression(x, weight, bias, target),
        [weight, bias],
        np.ones(()),
    )
    right = softmax_regression_gradient(x, weight, bias, target)
    assert_equal(left[0], right[0])
    assert_equal(left[1], right[1])


@given(classifiers(small))
def test_softmax_regression_gradient_sums_to_zero(classifier):
    """Σ_k ∂L / ∂W[k, j] = 0 and Σ_k ∂L / ∂b[k] = 0"""
    x, weight, bias, target = classifier
    by_weight, by_bias = softmax_regression_gradient(bounded(x), weight, bias, target)
    assert_equal(by_weight.sum(0), np.zeros(x.shape[1]))
    assert_equal(by_bias.sum(), np.zeros(()))


@given(classifiers(small))
def test_softmax_regression_gradient_of_one_sample_has_rank_one(classifier):
    """∂L / ∂W = (∂L / ∂b) xᵀ, with the whole x for each class"""
    x, weight, bias, target = classifier
    x = bounded(x[:1])
    left, by_bias = softmax_regression_gradient(x, weight, bias, target[:1])
    assert_equal(left, np.outer(by_bias, x[0]))


def test_softmax_regression_gradient_of_three_features():
    """The notes: ∂z[i] / ∂w[i] = x[i]. It is the whole x, so ∂L / ∂W = (s − y) xᵀ"""
    x, target = np.array([[1.0, 2, 3]]), np.array([1])
    weight, bias = np.zeros((2, 3)), np.zeros(2)
    by_weight, by_bias = softmax_regression_gradient(x, weight, bias, target)
    assert by_weight.tolist() == [[0.5, 1, 1.5], [-0.5, -1, -1.5]]
    assert by_bias.tolist() == [0.5, -0.5]


# --- errors


@pytest.mark.parametrize(
    ("weight", "bias", "problem"),
    [
        ((2, 4), None, r"weight has shape \(2, 4\)"),
        ((3,), None, r"weight has shape \(3,\)"),
        ((2, 3), (3,), r"bias has shape \(3,\)"),
    ],
)
def test_linear_rejects_shapes_that_do_not_fit(weight, bias, problem):
    """weight is (out_features, in_features), bias (out_features)"""
    bias = None if bias is None else np.zeros(bias)
    with pytest.raises(ValueError, match=problem):
        linear(np.zeros((1, 3)), np.zeros(weight), bias)


def test_linear_rejects_a_number():
    """Which has no features, for a weight that has none"""
    with pytest.raises(ValueError, match=r"weight has shape \(2,\), input \(\)"):
        linear(np.zeros(()), np.zeros(2))


@pytest.mark.parametrize("target", [[0], [0, 2], [-1, 0]])
def test_likelihood_rejects_targets_that_are_no_classes(target):
    """There is one target for each of a batch, and it is a class"""
    for function in (likelihood, log_likelihood):
        with pytest.raises(ValueError, match="target"):
            function(np.ones((2, 2)), np.array(target))


@pytest.mark.parametrize("shape", [(2,), (2, 2, 1), (0, 1, 1)])
def test_likelihood_rejects_probabilities_of_other_axes(shape):
    for function in (likelihood, log_likelihood):
        with pytest.raises(ValueError, match="probs has shape"):
            function(np.ones(shape), np.zeros(shape[:1], int))


# --- agreement


@given(layers(full_width))
def test_linear_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, linear, *layer)


@given(wide_layers())
def test_linear_of_many_features_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, linear, *layer)


@given(classifiers(small))
def test_softmax_regression_agrees_with_backend(backend, classifier):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, softmax_regression, *classifier)


@given(classifiers(small))
def test_softmax_regression_gradient_agrees_with_backend(backend, classifier):
    """The backend's autograd does what the hand-written gradient says."""
    agree(backend, softmax_regression_gradient, *classifier)


@given(chances(likely))
def test_likelihood_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, likelihood, *example)


@given(chances(likely))
def test_log_likelihood_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, log_likelihood, *example)
