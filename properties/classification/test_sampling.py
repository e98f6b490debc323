"""The laws of reference/sampling.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from properties.agreement import agree, assert_equal
from properties.classification.test_softmax import moderate, rows
from properties.strategies import codes, full_width, per_axis, sixteenths
from reference.classification.sampling import gumbel_max, sample_softmax
from reference.classification.softmax import softmax

# --- strategies

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""


@st.composite
def samples(draw, elements, *, noise):
    """Logits of a few rows, and uniform numbers k/256 in (0, 1)."""
    batch, classes = draw(per_axis(2, 1, 3))
    shape = (batch, classes) if noise == "each class" else (batch,)
    uniform = (draw(codes(shape)) % 255 + 1) / 256
    return draw(elements((batch, classes))), uniform


def noise_of(seed, shape):
    return np.random.default_rng(seed).random(shape)


# --- invariances


@given(samples(sixteenths, noise="each row"), st.integers(-64, 64))
def test_sample_softmax_is_invariant_under_shifts(example, c):
    """sample(z + c, u) = sample(z, u)"""
    z, uniform = example
    assert_equal(sample_softmax(z + c, uniform), sample_softmax(z, uniform))


# --- special cases


@given(st.integers(1, 9), codes((4,)))
def test_sample_softmax_of_equal_logits_is_a_die(n, code):
    """sample([z, …, z], u) = ⌊n u⌋"""
    uniform = code / 256
    left = sample_softmax(np.zeros((4, n)), uniform)
    assert_equal(left, np.floor(n * uniform).astype(np.int64))


@given(rows(sixteenths), st.integers(0, 4))
def test_sample_softmax_never_takes_a_masked_class(z, at):
    """z[k] = −∞  ⇒  sample(z, u) ≠ k, whatever u is"""
    masked = np.insert(z, min(at, len(z)), -np.inf)
    uniform = np.append(np.arange(16) / 16, 1 - 2.0**-53)
    classes = sample_softmax(np.tile(masked, (17, 1)), uniform)
    assert np.isfinite(masked[classes]).all()


@given(rows(sixteenths))
def test_sample_softmax_takes_each_class_as_often_as_it_is_probable(z):
    """On n even steps of u, the count of class k is within 2 of n · softmax(z)[k]"""
    n = 64
    classes = sample_softmax(np.tile(z, (n, 1)), (np.arange(n) + 0.5) / n)
    counts = np.bincount(classes, minlength=len(z))
    assert (abs(counts - n * softmax(z, dim=0)) < 2).all()


@given(rows(moderate), st.integers(0, 2**32 - 1))
def test_sample_softmax_is_distributed_as_softmax(z, seed):
    """P(sample(z, U) = k) = softmax(z)[k]"""
    n = 300
    classes = sample_softmax(np.tile(z, (n, 1)), noise_of(seed, n))
    for k, p in enumerate(softmax(z, dim=0)):
        count = int((classes == k).sum())
        assert binomtest(count, n, p).pvalue > FALSE_ALARM


@given(rows(moderate), st.integers(0, 2**32 - 1))
def test_gumbel_max_is_distributed_as_softmax(z, seed):
    """P(argmax_k (z[k] − log(−log U[k])) = k) = softmax(z)[k]"""
    n = 300
    classes = gumbel_max(np.tile(z, (n, 1)), noise_of(seed, (n, len(z))))
    for k, p in enumerate(softmax(z, dim=0)):
        count = int((classes == k).sum())
        assert binomtest(count, n, p).pvalue > FALSE_ALARM


@given(rows(sixteenths), st.integers(1, 255))
def test_gumbel_max_with_even_noise_is_argmax(z, k):
    """gumbel_max(z, [u, …, u]) = argmax z, the first of equals"""
    even = np.full(z.shape, k / 256)
    assert_equal(gumbel_max(z, even), np.array(np.argmax(z)))
    assert gumbel_max(0 * z, even) == 0


# --- errors


@pytest.mark.parametrize("uniform", [-0.5, 1.0, np.nan])
def test_sample_softmax_rejects_what_is_not_uniform(uniform):
    """0 ≤ u < 1, one for each row; in gumbel_max 0 < u < 1, one for each logit"""
    with pytest.raises(ValueError, match="uniform is"):
        sample_softmax(np.zeros((1, 2)), np.full(1, uniform))
    with pytest.raises(ValueError, match="uniforms are"):
        gumbel_max(np.zeros((1, 2)), np.full((1, 2), uniform))
    with pytest.raises(ValueError, match=r"uniform has shape \(2,\)"):
        sample_softmax(np.zeros((1, 2)), np.zeros(2))
    with pytest.raises(ValueError, match=r"uniforms has shape \(2,\)"):
        gumbel_max(np.zeros((1, 2)), np.zeros(2))


# --- agreement


@given(samples(full_width, noise="each row"))
def test_sample_softmax_agrees_with_backend(backend, example):
    """The backend chooses the same classes for the same uniform numbers."""
    agree(backend, sample_softmax, *example)


@given(samples(full_width, noise="each class"))
def test_gumbel_max_agrees_with_backend(backend, example):
    """The backend chooses the same classes for the same uniform numbers."""
    agree(backend, gumbel_max, *example)
