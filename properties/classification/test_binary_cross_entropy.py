"""The laws of reference/binary_cross_entropy.py, then agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.classification.test_entropy import distributions, losses, pairs
from properties.strategies import interior, ordinary, positive, sixteenths
from reference.activations.logistic import sigmoid
from reference.classification.binary_cross_entropy import (
    bernoulli_cross_entropy,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
)
from reference.classification.entropy import categorical_cross_entropy

# --- identities


@given(pairs(positive, interior))
def test_binary_cross_entropy_adds_up_to_bernoulli_cross_entropy(example):
    """binary_cross_entropy(q, p) summed = −Σ (p log q + (1 − p) log(1 − q))"""
    (p, q), _ = example
    p, q = bounded(p.ravel()), bounded(q.ravel())
    left = binary_cross_entropy(q, p, reduction="sum")
    assert_equal(left, bernoulli_cross_entropy(p, q, dim=0))


@given(losses(sixteenths, interior, weights=1))
def test_binary_cross_entropy_with_logits_is_that_of_their_sigmoids(example):
    """binary_cross_entropy_with_logits(x, y) = binary_cross_entropy(σ(x), y)"""
    (x, y, weight), options = example
    x, y = bounded(x), bounded(y)
    weight = None if weight is None else bounded(weight)
    left = binary_cross_entropy_with_logits(x, y, weight, **options)
    assert_equal(left, binary_cross_entropy(sigmoid(x), y, weight, **options))


@given(pairs(interior, interior), st.integers(0, 2))
def test_binary_cross_entropy_reductions_are_of_its_losses(example, weights):
    """sum = Σ l, mean = Σ l / size, whatever the weights"""
    (x, y), _ = example
    weight = (None, y, np.array(0.5))[weights]
    each = binary_cross_entropy(x, y, weight, reduction="none")
    total = binary_cross_entropy(x, y, weight, reduction="sum")
    assert_equal(total, np.array(sum(each.flat)))
    mean = binary_cross_entropy(x, y, weight)
    assert_equal(mean, np.array(total / x.size))


# --- invariances


@given(losses(sixteenths, interior, weights=1))
def test_binary_cross_entropy_with_logits_multiplies_yes_by_pos_weight(example):
    """l(x, y, pos_weight p) = l(x, y) + (p − 1) · l(x, 1) · y"""
    (x, y, p), _ = example
    x, y, p = bounded(x), bounded(y), bounded(np.ones(()) if p is None else p)
    left = binary_cross_entropy_with_logits(x, y, None, p, reduction="none")
    yes = binary_cross_entropy_with_logits(x, np.ones(x.shape), reduction="none")
    right = binary_cross_entropy_with_logits(x, y, reduction="none")
    assert_equal(left, right + (p - 1) * yes * y)


@given(losses(sixteenths, interior))
def test_binary_cross_entropy_with_logits_is_invariant_under_swapping(example):
    """l(−x, 1 − y) = l(x, y)"""
    (x, y), options = example
    x, y = bounded(x), bounded(np.round(y * 256) / 256)
    left = binary_cross_entropy_with_logits(-x, 1 - y, **options)
    assert_equal(left, binary_cross_entropy_with_logits(x, y, **options))


@given(pairs(interior, interior))
def test_bernoulli_cross_entropy_is_invariant_under_swapping_yes_and_no(example):
    """H(1 − p, 1 − q) = H(p, q)"""
    (p, q), dim = example
    p, q = bounded(np.round(p * 256) / 256), bounded(np.round(q * 256) / 256)
    left = bernoulli_cross_entropy(1 - p, 1 - q, dim=dim)
    assert_equal(left, bernoulli_cross_entropy(p, q, dim=dim))


# --- bounds and order


@given(distributions(2))
def test_bernoulli_cross_entropy_is_bounded_by_categorical(pair):
    """−Σ (p log q + (1 − p) log(1 − q)) ≥ −Σ p log q"""
    p, q = bounded(pair[:, (pair[1] > 0) & (pair[1] < 1)])
    left = bernoulli_cross_entropy(p, q, dim=0)[()]
    right = categorical_cross_entropy(p, q, dim=0)[()]
    assert_equal(np.maximum(left, right), left)


# --- special cases


def test_bernoulli_cross_entropy_is_not_categorical_cross_entropy():
    """Twice as much of p = [1, 0] and q = [3/4, 1/4], where notes call the two equal"""
    p, q = np.array([1.0, 0.0]), np.array([0.75, 0.25])
    left = bernoulli_cross_entropy(p, q, dim=0)
    assert_equal(left, 2 * categorical_cross_entropy(p, q, dim=0))


@given(interior((3,)), interior((3,)))
def test_bernoulli_cross_entropy_of_one_event_is_categorical_of_two_classes(p, q):
    """p log q + (1 − p) log(1 − q), summed over yes and no"""
    p, q = bounded(p), bounded(q)
    left = bernoulli_cross_entropy(p[:, None], q[:, None], dim=1)
    two = [np.stack([x, 1 - x], axis=1) for x in (p, q)]
    assert_equal(left, categorical_cross_entropy(*two, dim=1))


def test_binary_cross_entropy_of_a_sure_answer():
    """0 if it is right, 100 if it is wrong: log 0 is taken for −100"""
    x = np.array([0.0, 1.0, 0.0, 1.0])
    y = np.array([0.0, 1.0, 1.0, 0.0])
    with np.errstate(divide="ignore"):
        left = binary_cross_entropy(x, y, reduction="none")
    assert_equal(left, np.array([0.0, 0.0, 100.0, 100.0]))


def test_bernoulli_cross_entropy_of_a_sure_answer_is_zero():
    """0 log 0 = 0, of yes and of no"""
    sure = np.array([[0.0, 1.0]])
    assert_equal(bernoulli_cross_entropy(sure, sure, dim=0), np.zeros(2))


# --- gradients


@given(interior((4,)), interior((4,)))
def test_binary_cross_entropy_gradient(x, y):
    """∂l / ∂x = (x − y) / (x (1 − x))"""
    x, y = bounded(x), bounded(y)
    each = {"reduction": "sum"}
    left, _ = gradient(
        lambda x, y: binary_cross_entropy(x, y, **each), [x, y], np.ones(())
    )
    assert_equal(left, (x - y) / (x * (1 - x)))


@given(sixteenths((4,)), interior((4,)))
def test_binary_cross_entropy_with_logits_gradient(x, y):
    """∂l / ∂x = σ(x) − y"""
    x, y = bounded(x), bounded(y)
    each = {"reduction": "sum"}
    left, _ = gradient(
        lambda x, y: binary_cross_entropy_with_logits(x, y, **each),
        [x, y],
        np.ones(()),
    )
    assert_equal(left, sigmoid(x) - y)


# --- errors


@pytest.mark.parametrize("shape", [(3,), (1, 2)])
def test_binary_cross_entropy_rejects_weights_that_do_not_broadcast(shape):
    """weight broadcasts to the shape of the input"""
    p = np.full(2, 0.5)
    for function in (binary_cross_entropy, binary_cross_entropy_with_logits):
        with pytest.raises(ValueError, match="broadcast"):
            function(p, p, np.ones(shape))


@pytest.mark.parametrize("number", [-0.5, 1.5, np.nan])
def test_binary_cross_entropy_rejects_what_is_no_probability(number):
    """Input and target are from 0 to 1"""
    good, bad = np.full(2, 0.5), np.array([0.5, number])
    for tensors in ((bad, good), (good, bad)):
        with pytest.raises(ValueError, match="from 0 to 1"):
            binary_cross_entropy(*tensors)


# --- agreement


@given(pairs(interior, interior))
def test_bernoulli_cross_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, bernoulli_cross_entropy, *tensors, dim=dim)


@given(losses(interior, interior, weights=1))
def test_binary_cross_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, binary_cross_entropy, *tensors, constant=("weight",), **options)


@given(losses(ordinary, interior, weights=1))
def test_binary_cross_entropy_with_logits_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    options["constant"] = ("weight",)
    agree(backend, binary_cross_entropy_with_logits, *tensors, None, **options)
