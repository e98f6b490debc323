"""The laws of reference/pooling/lp_pool.py, then its agreement with the backends."""

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.pooling.strategies import pooled, with_another_axis
from properties.strategies import codes, fractions, ordinary, sixteenths, whole_numbers
from reference.pooling.avg_pool import avg_pool2d
from reference.pooling.lp_pool import lp_pool1d, lp_pool2d, lp_pool3d
from reference.pooling.max_pool import max_pool2d

# --- strategies

NORMS = (2.0, 1.0, 3.0, 1.5, math.inf, 4.0, 2.5, 2.0)


@cache
def sparse(shape):
    """Numbers half of which are zero."""
    return st.tuples(ordinary(shape), codes(shape)).map(lambda x: x[0] * (x[1] % 2))


@st.composite
def lp_pooled(draw, elements, *, axes, fits=True):
    """An image, and all options; for p = 1 all is above 0: see what disagrees on it.

    For other p that are not even, a quarter of the images have negative pixels.
    """
    norm, sign, zeros = draw(whole_numbers((0, 7), (0, 3), (0, 3)))
    x, options = draw(
        pooled(elements if zeros else sparse, axes=axes, padding=False, fits=fits)
    )
    del options["padding"], options["dilation"]
    p = NORMS[norm]
    if p in (1, 1.5, 2.5, 3) and (sign or p == 1):
        x = abs(x) + (x == 0) * (p == 1)
    # between ¼ and 8¼, if not 0: float16 has no fourth powers of much else
    return x / 8 + np.sign(x) / 4, options | {"norm_type": p}


def window(options):
    return {
        name: o for name, o in options.items() if name not in ("padding", "dilation")
    }


# --- identities


@given(pooled(fractions, axes=2, padding=False))
def test_lp_pool2d_of_infinite_norm_is_the_maximum_of_magnitudes(example):
    """lp(x, ∞) = max_pool(|x|)"""
    x, options = example
    left = lp_pool2d(x, norm_type=math.inf, **window(options))
    assert_equal(left, max_pool2d(abs(x), **options))


@given(pooled(sixteenths, axes=2, padding=False))
def test_lp_pool2d_of_norm_one_is_the_sum_of_magnitudes(example):
    """lp(x, 1) = Σ |x|, number of pixels · avg_pool(|x|)"""
    x, options = example
    left = lp_pool2d(x, norm_type=1, **window(options))
    assert_equal(left, avg_pool2d(abs(x), **window(options), divisor_override=1))


@given(pooled(sixteenths, axes=2, padding=False), st.sampled_from([2, 3, 1.5]))
def test_lp_pool2d_to_the_power_is_a_sum_of_powers(example, p):
    """lp(x, p)^p = Σ |x|^p"""
    x, options = bounded(example[0]), window(example[1])
    left = lp_pool2d(x, norm_type=p, **options)
    powers = bounded(np.zeros(x.shape))
    for place in np.argwhere(example[0]):
        powers[*place] = abs(x[*place]) ** p
    right = avg_pool2d(powers, **options, divisor_override=1)
    for place in np.argwhere(max_pool2d(abs(example[0]), **example[1])):
        assert_equal(left[*place] ** p, right[*place])


# --- algebra


@given(pooled(sixteenths, axes=2, padding=False), st.integers(-8, 8))
def test_lp_pool2d_is_homogeneous_in_the_input(example, a):
    """lp(a · x, p) = |a| · lp(x, p)"""
    x, options = example
    for p in (1, 2, 3, math.inf):
        left = lp_pool2d(bounded(a * x), norm_type=p, **window(options))
        right = abs(a) * lp_pool2d(bounded(x), norm_type=p, **window(options))
        assert_equal(left, right)


@given(pooled(sixteenths, axes=2, padding=False), st.data())
def test_lp_pool2d_is_subadditive(example, data):
    """lp(x + z, p) ≤ lp(x, p) + lp(z, p)"""
    x, options = example
    z = data.draw(sixteenths(x.shape), "z")
    for p in (1, 2, math.inf):
        left, one, other = (
            lp_pool2d(bounded(a), norm_type=p, **window(options)) for a in (x + z, x, z)
        )
        for i in np.ndindex(left.shape):
            right = one[i] + other[i]
            assert_equal(np.maximum(left[i], right), right + 0 * left[i])


@given(pooled(sixteenths, axes=2, padding=False))
def test_lp_pool2d_falls_as_the_norm_grows(example):
    """p ≤ q ⇒ lp(x, p) ≥ lp(x, q)"""
    x, options = bounded(example[0]), window(example[1])
    y = [lp_pool2d(x, norm_type=p, **options) for p in (1, 1.5, 2, 3, math.inf)]
    for greater, lesser in pairwise(y):
        for one, other in zip(greater.flat, lesser.flat):
            assert_equal(np.maximum(one, other) + 0, one + 0 * other)


# --- invariances


@given(pooled(sixteenths, axes=2, padding=False), st.data())
def test_lp_pool2d_is_invariant_under_signs(example, data):
    """lp(±x, p) = lp(x, p), each sign by itself"""
    x, options = example
    signs = data.draw(codes(x.shape), "signs").astype(int) % 2 * 2 - 1
    for p in (1, math.inf):
        left = lp_pool2d(x * signs, norm_type=p, **window(options))
        assert_equal(left, lp_pool2d(x, norm_type=p, **window(options)))


# --- special cases


@given(lp_pooled(sixteenths, axes=1))
def test_lp_pool1d_is_lp_pool2d_of_height_one(example):
    """lp(x) = lp of images one pixel high, with windows one pixel high"""
    x, options = example
    norm = {"norm_type": options.pop("norm_type")}
    right = lp_pool2d(x[..., None, :], **norm, **with_another_axis(options))
    assert_equal(lp_pool1d(x, **norm, **options), right[..., 0, :])


@given(lp_pooled(sixteenths, axes=2))
def test_lp_pool3d_of_depth_one_is_lp_pool2d(example):
    """lp of volumes one pixel deep, with windows one pixel deep = lp(x)"""
    x, options = example
    norm = {"norm_type": options.pop("norm_type")}
    left = lp_pool3d(x[..., None, :, :], **norm, **with_another_axis(options))
    assert_equal(left[..., 0, :, :], lp_pool2d(x, **norm, **options))


def test_lp_pool1d_of_3_and_4_is_5():
    """√(3² + 4²) = 5, whatever their signs; what a window overhangs adds nothing"""
    x = np.array([[3.0, 4, -3, 4, -12]])
    options = {"kernel_size": 2, "norm_type": 2, "ceil_mode": True}
    assert_equal(lp_pool1d(x, **options), np.array([[5.0, 5, 12]]))


# --- gradients


@given(st.sampled_from([1, 1.5, 2, 3, math.inf]), st.integers(1, 3))
def test_lp_pool1d_gradient_at_zeros_is_zero(p, k):
    """Where all pixels of a window are 0 the norm has no gradient: it is taken for 0"""
    (grad,) = gradient(
        lambda x: lp_pool1d(x, norm_type=p, kernel_size=k),
        [np.zeros((1, 2 * k))],
        np.ones((1, 2)),
    )
    if p != math.inf:
        assert (grad == 0).all()


@given(sixteenths((1, 4)))
def test_lp_pool1d_gradient_of_euclids_norm_is_a_unit_vector(x):
    """∂‖x‖ / ∂x = x / ‖x‖"""
    x = np.where(x == 0, 1, x)
    options = {"norm_type": 2, "kernel_size": 4}
    (grad,) = gradient(lambda x: lp_pool1d(x, **options), [bounded(x)], np.ones((1, 1)))
    norm = lp_pool1d(bounded(x), **options)[0, 0]
    assert_equal(grad, bounded(x) / norm)


def test_lp_pool1d_gradient_of_the_greatest_goes_to_the_first():
    """p = ∞: of two that are as great, whatever their signs"""
    (grad,) = gradient(
        lambda x: lp_pool1d(x, norm_type=math.inf, kernel_size=3),
        [np.array([[1.0, -2.0, 2.0]])],
        np.ones((1, 1)),
    )
    assert_equal(grad.astype(float), np.array([[0.0, -1.0, 0.0]]))


# --- errors


@pytest.mark.parametrize("norm_type", [0, -1, math.nan])
def test_lp_pool2d_rejects_norms_that_are_not_positive(norm_type):
    """p must be positive."""
    with pytest.raises(ValueError, match=f"norm_type is {norm_type}"):
        lp_pool2d(np.zeros((1, 3, 3)), norm_type=norm_type, kernel_size=2)


# --- agreement


@given(lp_pooled(ordinary, axes=1, fits=False))
def test_lp_pool1d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, lp_pool1d, x, **options)


@given(lp_pooled(ordinary, axes=2, fits=False))
def test_lp_pool2d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, lp_pool2d, x, **options)


@given(lp_pooled(ordinary, axes=3, fits=False))
def test_lp_pool3d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, lp_pool3d, x, **options)
