"""The laws of reference/log_softmax.py, then its agreement with the backends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.classification.test_softmax import logits, long_rows, rows
from properties.strategies import (
    full_width,
    ordinary,
    sixteenths,
    wide,
    with_masked,
)
from reference.classification.log_softmax import log_softmax, logsumexp
from reference.classification.softmax import softmax

# --- identities


@given(logits(full_width))
def test_log_softmax_is_the_logarithm_of_softmax(example):
    """exp(log_softmax(z)) = softmax(z)"""
    z, options = example
    log_probs = log_softmax(bounded(z), **options)
    assert_equal(np.exp(log_probs), softmax(bounded(z), **options))


@given(logits(full_width))
def test_log_softmax_subtracts_logsumexp(example):
    """log_softmax(z) = z − logsumexp(z)"""
    z, options = example
    z = bounded(z)
    assert_equal(log_softmax(z, **options), z - logsumexp(z, **options, keepdim=True))


@given(logits(sixteenths))
def test_logsumexp_keeps_the_axis_it_reduces(example):
    """logsumexp(z, keepdim=True) is logsumexp(z), with size 1 on the axis dim"""
    z, options = example
    left = logsumexp(z, **options, keepdim=True)
    assert_equal(left.squeeze(options["dim"]), logsumexp(z, **options))


@given(rows(ordinary), rows(ordinary))
def test_logsumexp_of_parts_is_that_of_the_whole(x, y):
    """lse([x, y]) = lse([lse(x), lse(y)])"""
    parts = [logsumexp(bounded(part), dim=0) for part in (x, y)]
    left = logsumexp(bounded(np.concatenate([x, y])), dim=0)
    assert_equal(left, logsumexp(np.array([part[()] for part in parts]), dim=0))


# --- bounds and order


@given(logits(full_width))
def test_log_softmax_is_bounded_by_zero(example):
    """log_softmax(z) ≤ 0"""
    z, options = example
    assert (log_softmax(z, **options) <= 0).all()


@given(logits(sixteenths))
def test_logsumexp_is_bounded_by_the_maximum(example):
    """max z ≤ lse(z) ≤ max z + log n"""
    z, options = example
    largest = z.max(options["dim"])
    total = logsumexp(z, **options)
    assert (largest <= total).all()
    assert (total <= largest + np.log(float(z.shape[options["dim"]]))).all()


@given(rows(sixteenths), st.data())
def test_logsumexp_is_convex(x, data):
    """lse((x + y) / 2) ≤ (lse(x) + lse(y)) / 2"""
    y = data.draw(sixteenths(x.shape), "y")
    left = logsumexp(bounded((x + y) / 2), dim=0)[()]
    right = (logsumexp(bounded(x), dim=0)[()] + logsumexp(bounded(y), dim=0)[()]) / 2
    assert_equal(np.maximum(left, right), right)


# --- invariances


@given(logits(sixteenths), st.integers(-64, 64))
def test_log_softmax_is_invariant_under_shifts(example, c):
    """log_softmax(z + c) = log_softmax(z)"""
    z, options = example
    assert_equal(log_softmax(z + c, **options), log_softmax(z, **options))


@given(logits(sixteenths), st.integers(-64, 64))
def test_logsumexp_is_equivariant_under_shifts(example, c):
    """lse(z + c) = lse(z) + c"""
    z, options = example
    left = logsumexp(bounded(z + c), **options)
    assert_equal(left, logsumexp(bounded(z), **options) + c)


# --- special cases


def test_log_softmax_is_finite_where_the_logarithm_of_softmax_is_not():
    """log_softmax([0, −2000]) = [0, −2000], and softmax([0, −2000]) = [1, 0]"""
    z = np.array([0.0, -2000.0])
    assert_equal(log_softmax(z, dim=0), z)
    assert_equal(softmax(z, dim=0), np.array([1.0, 0.0]))


# --- gradients


@given(rows(ordinary))
def test_logsumexp_gradient_is_softmax(z):
    """∂lse(z) / ∂z = softmax(z)"""
    (left,) = gradient(lambda z: logsumexp(z, dim=0), [bounded(z)], np.ones(()))
    assert_equal(left, softmax(bounded(z), dim=0))


@given(rows(ordinary), st.data())
def test_log_softmax_gradient(z, data):
    """∂(v · log_softmax(z)) / ∂z = v − softmax(z) · Σ v"""
    v = data.draw(sixteenths(z.shape), "v")
    (left,) = gradient(lambda z: log_softmax(z, dim=0), [bounded(z)], v)
    assert_equal(left, v - softmax(bounded(z), dim=0) * v.sum())


# --- agreement


@given(logits(wide))
def test_log_softmax_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, log_softmax, input, **options)


@given(long_rows())
def test_log_softmax_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, log_softmax, input, **options)


@given(logits(with_masked))
def test_log_softmax_agrees_with_backend_on_masked_logits(backend, example):
    """NaN and −∞ go where the definition sends them."""
    input, options = example
    agree(backend, log_softmax, input, **options)


@given(logits(wide), st.booleans())
def test_logsumexp_agrees_with_backend(backend, example, keepdim):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, logsumexp, input, keepdim=keepdim, **options)


@given(long_rows())
def test_logsumexp_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, logsumexp, input, keepdim=False, **options)


@given(logits(with_masked), st.booleans())
def test_logsumexp_agrees_with_backend_on_masked_logits(backend, example, keepdim):
    """Results alone: PyTorch's gradient at a row of −∞ is NaN (pytorch#49724)."""
    input, options = example
    options |= {"keepdim": keepdim}
    agree(backend, logsumexp, input, constant=("input",), **options)
