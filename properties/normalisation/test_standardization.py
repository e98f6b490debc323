"""The laws of reference/standardization.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.normalisation.strategies import features
from properties.strategies import (
    codes,
    fractions,
    ordinary,
    per_axis,
    positive,
    sixteenths,
    tile_edges,
)
from reference.normalisation.batch_norm import batch_norm
from reference.normalisation.standardization import normalize_channels, standardize

CORRECTIONS = st.sampled_from([0, 1])


def columns(x, correction=0):
    return standardize(bounded(x), dim=0, correction=correction)


# --- identities


@given(features(sixteenths), CORRECTIONS)
def test_standardize_has_mean_zero_and_variance_one(x, correction):
    """Σ_i y[i] = 0,  Σ_i y[i]² / (n − correction) = 1"""
    y = columns(x, correction)
    assert_equal(sum(y), np.zeros(x.shape[1]))
    ones = np.ones(x.shape[1])
    assert_equal(sum(y * y) / (len(x) - correction), ones)


@given(features(sixteenths))
def test_standardize_is_batch_norm_without_eps(x):
    """standardize(x) = batch_norm(x), as eps → 0"""
    right = batch_norm(bounded(x), None, None, training=True, eps=2.0**-900)
    assert_equal(columns(x), right)


@given(features(sixteenths))
def test_standardize_round_trips(x):
    """mean + std · y = x"""
    y = columns(x)
    mean, std = bounded(x).sum(axis=0) / len(x), np.sqrt(bounded(x.var(axis=0)))
    assert_equal(mean + std * y, x)


# --- algebra


@given(features(sixteenths), CORRECTIONS)
def test_standardize_is_idempotent(x, correction):
    """standardize(standardize(x)) = standardize(x)"""
    once = columns(x, correction)
    assert_equal(standardize(once, dim=0, correction=correction), once)


@given(features(sixteenths), st.integers(-9, 9), st.sampled_from([-5, 3, 1, 7]))
def test_standardize_is_invariant_under_affine_maps(x, shift, scale):
    """standardize(a x + b) = sign(a) · standardize(x)"""
    sign = 1 if scale > 0 else -1
    assert_equal(columns(scale * x + shift), sign * columns(x))


@given(features(sixteenths))
def test_standardize_corrections_differ_by_a_factor(x):
    """y with correction 1 = √((n − 1) / n) · y with correction 0"""
    n = len(x)
    left = columns(x, 1) * columns(x, 1) * n
    assert_equal(left, columns(x) * columns(x) * (n - 1))


@given(fractions((2, 3, 2, 2)), fractions((3,)), codes((3,)))
def test_normalize_channels_round_trips(x, mean, code):
    """y · std + mean = x, be std above 0 or below"""
    std = np.array([Fraction(2 * int(k) - 255, 7) for k in code])
    y = normalize_channels(x, mean, std)
    assert_equal(y * std[:, None, None] + mean[:, None, None], x)


@given(fractions((3, 2, 2)), fractions((3,)))
def test_normalize_channels_of_the_mean_is_zero(x, mean):
    """normalize(x, x, std) = 0, and with mean 0 and std 1 it is x"""
    ones = np.array([Fraction(1)] * 3)
    assert_equal(normalize_channels(x, mean - mean, ones), x)
    same = mean[:, None, None] + x * 0
    assert_equal(normalize_channels(same, mean, ones), x * 0)


# --- special cases


@pytest.mark.parametrize(("shape", "correction"), [((3, 2), 0), ((1, 2), 1)])
def test_standardize_of_equal_or_too_few_numbers_is_nan(shape, correction):
    """0 / 0"""
    with np.errstate(invalid="ignore"):
        y = standardize(np.ones(shape), dim=0, correction=correction)
    assert np.isnan(y).all()


def test_standardize_does_not_cancel():
    """Of 2³⁰ + (0, 2), it is (−1, 1): E[x²] − E[x]² would be 0"""
    y = standardize(2.0**30 + np.array([0.0, 2.0]), dim=0, correction=0)
    assert_equal(y, np.array([-1.0, 1.0]))


# --- errors


@pytest.mark.parametrize(
    ("problem", "options"),
    [
        ("dim is", {"dim": 2, "correction": 0}),
        ("correction is", {"dim": 0, "correction": 2}),
    ],
)
def test_standardize_rejects_unknown_options(problem, options):
    with pytest.raises(ValueError, match=problem):
        standardize(np.ones((2, 2)), **options)


@pytest.mark.parametrize(
    ("problem", "shape", "mean", "std"),
    [
        ("mean has", (3, 2, 2), np.ones(2), np.ones(3)),
        ("std has", (3, 2, 2), np.ones(3), np.ones((3, 1, 1))),
        ("mean has", (2, 2), np.ones(2), np.ones(2)),
        ("std is", (3, 2, 2), np.ones(3), np.arange(3.0)),
    ],
)
def test_normalize_channels_rejects_what_does_not_fit(problem, shape, mean, std):
    with pytest.raises(ValueError, match=problem):
        normalize_channels(np.ones(shape), mean, std)


# --- agreement


@st.composite
def samples(draw):
    """Arrays of one to three axes, the axis along which to go, and a correction."""
    axes = draw(st.sampled_from([2, 1, 3]))
    shape = [*draw(per_axis(axes, 2, 4))]
    dim = draw(st.integers(-axes, axes - 1))
    if draw(st.sampled_from([0, 0, 0, 1])):
        shape = [2] * axes
        shape[dim] = draw(tile_edges(64))
    x = draw(ordinary(tuple(shape)))
    return x, {"dim": dim, "correction": draw(CORRECTIONS)}


@st.composite
def images(draw):
    """Images of some channels, or a batch of them; means, and deviations."""
    batch = draw(st.sampled_from([(), (2,), (1, 2)]))
    channels, height, width = draw(st.sampled_from([(3, 2, 2), (2, 1, 33), (1, 3, 1)]))
    per_channel = (channels,)
    return (
        draw(ordinary((*batch, channels, height, width))),
        draw(ordinary(per_channel)),
        draw(positive(per_channel)),
    )


@given(samples())
def test_standardize_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, standardize, x, constant=("input",), **options)  # it is data


@given(images())
def test_normalize_channels_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, normalize_channels, *tensors)
