"""The laws of reference/bert/mask_lm.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    NON_FINITE,
    codes,
    ordinary,
    sixteenths,
    wide,
)
from properties.transformer.strategies import ACTIVATIONS, moderate
from reference.bert.mask_lm import mask_lm, mlm_loss
from reference.classification.cross_entropy import cross_entropy
from reference.tensors.indexing import batch_gather

# --- strategies


GUESSED = st.sampled_from(
    [
        *[(2, 3, 2, 2, 3, 2), (1, 2, 1, 3, 2, 33), (2, 2, 1, 1, 4, 3)],
        *[(1, 4, 2, 33, 2, 2), (1, 1, 1, 2, 17, 1), (3, 2, 1, 2, 2, 1)],
    ]
)
"""Tuples of batch, length, predictions, features, hidden and vocabulary."""

LOST = st.sampled_from([(2, 3, 3), (1, 2, 33), (1, 33, 2), (3, 1, 4), (1, 1, 65)])
"""Tuples of batch, predictions and vocabulary."""


EPS, ADDED = (
    st.sampled_from([1.0, 1e-5, 0.125]),
    st.sampled_from([0.0, 1.0, 1e-5, 0.25]),
)
"""What stabilises a norm, and what is added to a count."""


@st.composite
def guesses(draw, elements=moderate):
    """Vectors of tokens, positions, the weights of the head; and options."""
    batch, length, preds, features, hidden, words = draw(GUESSED)
    positions = draw(codes((batch, preds))).astype(np.int64) % length
    shapes = [(hidden, features), (hidden,), (hidden,), (hidden,)]
    shapes += [(words, hidden), (words,)]
    options = {"activation": draw(ACTIVATIONS), "eps": draw(EPS)}
    x = 2 * draw(elements((batch, length, features)))
    return (x, positions, *[draw(elements(shape)) for shape in shapes]), options


@st.composite
def lost(draw, elements, least=1):
    """Logits, targets, where guesses are (there is one, or eps is not 0); and eps."""
    shape = draw(LOST)
    drawn = draw(codes((2, *shape[:2])))
    target, mask = drawn[0].astype(np.int64) % shape[2], drawn[1] < 160
    eps = draw(ADDED)
    if least or not eps:
        mask[-1, -1] |= not mask.any()
    return (draw(elements(shape)), target, mask), {"eps": eps}


def elsewhere(x, positions, number):
    """x with another number at all tokens that are at none of the positions."""
    seen = np.zeros(x.shape[:2], bool)
    np.put_along_axis(seen, positions, True, axis=1)
    return np.where(seen[..., None], x, number)


# --- guesses


@given(guesses(sixteenths))
def test_mask_lm_is_that_of_all_tokens_gathered(example):
    """head(x, p) = gather(head(x, all), p): the head is of each token by itself"""
    (x, positions, *weights), options = example
    every = np.tile(np.arange(x.shape[1]), (len(x), 1))
    right = batch_gather(mask_lm(x, every, *weights, **options), positions)
    assert_equal(mask_lm(x, positions, *weights, **options), right)


@given(guesses(sixteenths), st.integers(-8, 8))
def test_mask_lm_does_not_see_tokens_that_are_not_asked_for(example, number):
    """Whatever is at other positions"""
    (x, positions, *weights), options = example
    left = mask_lm(elsewhere(x, positions, number), positions, *weights, **options)
    assert_equal(left, mask_lm(x, positions, *weights, **options))


@given(guesses(sixteenths), st.sampled_from([2, 0.5, 16]))
def test_mask_lm_of_relu_is_invariant_under_scaling_before_the_norm(example, a):
    """head of a · weight1, a · bias1, a² · eps = head, exactly for a power of 2"""
    (x, positions, weight1, bias1, *others), options = example
    options["activation"] = "relu"
    right = mask_lm(x, positions, weight1, bias1, *others, **options)
    options["eps"] *= a * a
    left = mask_lm(x, positions, a * weight1, a * bias1, *others, **options)
    assert_equal(left, right)


@given(guesses(sixteenths))
def test_mask_lm_of_no_norm_weight_is_the_same_for_all(example):
    """norm_weight 0: y = weight2 · norm_bias + bias2, whatever x is"""
    (x, positions, *weights), options = example
    weights[2] = 0 * weights[2]
    _, _, _, norm_bias, weight2, bias2 = weights
    y = mask_lm(x, positions, *weights, **options)
    assert_equal(y, np.broadcast_to(weight2 @ norm_bias + bias2, y.shape))


@given(guesses(sixteenths))
def test_mask_lm_gradient_reaches_the_tokens_that_are_asked_for_alone(example):
    """∂y / ∂x[n, t] = 0 where t is not in positions[n]"""
    (x, positions, *weights), options = example
    ones = np.ones((*positions.shape, len(weights[4])))
    (slopes,) = gradient(
        lambda x: mask_lm(x, positions, *weights, **options), [x], ones
    )
    assert_equal(elsewhere(slopes, positions, 0), slopes)


def test_mask_lm_rejects_what_does_not_fit():
    x, at, w, b = np.ones((1, 2, 2)), np.zeros((1, 1), int), np.ones((2, 2)), np.ones(2)
    with pytest.raises(ValueError, match="activation is 'tanh'"):
        mask_lm(x, at, w, b, b, b, w, b, activation="tanh")
    with pytest.raises(ValueError, match="weight has shape"):
        mask_lm(x, at, w[:, :1], b, b, b, w, b)
    with pytest.raises(ValueError, match="there are 2"):
        mask_lm(x, at + 2, w, b, b, b, w, b)


# --- losses


@given(lost(sixteenths), st.integers(-8, 8))
def test_mlm_loss_does_not_see_what_fills_up(example, number):
    """Whatever the logits and the labels are where the mask is False"""
    (logits, target, mask), options = example
    other = np.where(mask[..., None], logits, number)
    left = mlm_loss(bounded(other), np.where(mask, target, number), mask, **options)
    assert_equal(left, mlm_loss(bounded(logits), target, mask, **options))


@given(lost(sixteenths))
def test_mlm_loss_is_the_mean_over_guesses(example):
    """loss · (count + eps) = Σ cross_entropy over the guesses, and count of them"""
    (logits, target, mask), options = example
    logits = bounded(logits)
    mean = cross_entropy(logits[mask], target[mask])
    assert_equal(mlm_loss(logits, target, mask, eps=0.0), mean)
    count, eps = int(mask.sum()), options["eps"]
    left = mlm_loss(logits, target, mask, eps=eps) * (count + eps)
    assert_equal(left, mean * count)


@given(lost(sixteenths))
def test_mlm_loss_gradient_vanishes_where_it_is_filled_up(example):
    """∂loss / ∂input[n, p] = 0 where the mask is False; elsewhere its sum is 0"""
    (logits, target, mask), options = example
    (slopes,) = gradient(
        lambda z: mlm_loss(z, target, mask, **options),
        [bounded(logits)],
        bounded(np.ones(())),
    )
    assert (slopes[~mask] == 0).all()
    assert_equal(slopes.sum(axis=2), np.zeros(mask.shape))


@given(lost(sixteenths))
def test_mlm_loss_of_equal_logits_is_the_logarithm_of_the_vocabulary(example):
    """loss(0) = log vocabulary, however many guesses there are"""
    (logits, target, mask), _ = example
    left = mlm_loss(bounded(0 * logits), target, mask)
    assert_equal(left, np.log(bounded(np.array(float(logits.shape[2])))[()]))


def test_mlm_loss_of_no_guesses():
    """0 / eps = 0; and without eps 0 / 0, NaN"""
    tensors = np.ones((1, 2, 3)), np.zeros((1, 2), int), np.zeros((1, 2), bool)
    assert mlm_loss(*tensors, eps=1e-8) == 0
    assert np.isnan(mlm_loss(bounded(tensors[0]), *tensors[1:], eps=0.0).item())
    with np.errstate(invalid="ignore"):
        assert np.isnan(mlm_loss(*tensors))


def test_mlm_loss_does_not_see_nan_where_it_is_filled_up():
    """0 · NaN is NaN: what weights losses by 0 or 1 is not what leaves them out"""
    logits = np.array([[[1.0, 1.0], [np.nan, np.inf]]])
    mask = np.array([[True, False]])
    left = mlm_loss(bounded(logits), np.zeros((1, 2), int), mask)
    assert_equal(left, np.log(bounded(np.array(2.0))[()]))


def test_mlm_loss_rejects_what_does_not_fit():
    x, at, mask = np.zeros((1, 2, 3)), np.zeros((1, 2), int), np.ones((1, 2), bool)
    with pytest.raises(ValueError, match="input and target have shapes"):
        mlm_loss(x, at[:, :1], mask)
    with pytest.raises(ValueError, match="input and target have shapes"):
        mlm_loss(x[:, :1], at, mask)
    with pytest.raises(ValueError, match="input and target have shapes"):
        mlm_loss(x[0], at[0], mask[0])
    with pytest.raises(ValueError, match="input and target have shapes"):
        mlm_loss(x[None], at[None], mask[None])
    with pytest.raises(ValueError, match="target and mask have shapes"):
        mlm_loss(x, at, mask[:, :1])
    with pytest.raises(ValueError, match="eps is -1"):
        mlm_loss(x, at, mask, eps=-1)
    with pytest.raises(ValueError, match="there are 3 classes"):
        mlm_loss(x, at + 3, mask)


# --- agreement


@given(guesses())
def test_mask_lm_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, mask_lm, *tensors, **options)


@given(lost(wide, least=0))
def test_mlm_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, mlm_loss, *tensors, **options)


@given(lost(ordinary), st.sampled_from(NON_FINITE))
def test_mlm_loss_of_what_fills_up_agrees_with_backend(backend, example, number):
    """Whatever the logits are where no guess is, they lose 0 and have no gradient."""
    (logits, target, mask), options = example
    logits = np.where(mask[..., None], logits, number)
    agree(backend, mlm_loss, logits, target, mask, **options)
