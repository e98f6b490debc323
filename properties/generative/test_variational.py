"""The laws of reference/generative/variational.py, then its agreement with backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    fractions,
    ordinary,
    positive,
    sixteenths,
    whole_numbers,
)
from reference.generative.variational import (
    ancestral_sample,
    gaussian_kl,
    gaussian_log_likelihood,
    linear_elbo,
    reparametrize,
)

# --- strategies

SHAPES = [(2, 3), (1,), (3,), (2, 1, 2), (1, 33), (65,), (0, 2), (2, 0), (33, 2)]


@st.composite
def alike(draw, *kinds):
    """Tensors of one shape, one of each kind."""
    (code,) = draw(whole_numbers((0, 8)))
    return [draw(kind(SHAPES[code])) for kind in kinds]


def gentle(shape):
    """Numbers whose squares, and whose powers of e, are neither huge nor tiny."""
    return ordinary(shape).map(lambda x: x / 8)


@st.composite
def decoders(draw, elements):
    """Examples, a decoder's weight, and means and spreads of their codes."""
    batch, features, codes, wide = draw(whole_numbers((1, 3), (1, 3), (1, 3), (0, 7)))
    if wide == 7:
        batch, features = 1, 33
    shapes = (batch, features), (features, codes), (batch, codes), (batch, codes)
    return [draw(elements(shape)) for shape in shapes]


@st.composite
def samples(draw, elements):
    """Noise of codes, a weight, a bias, and noise of features."""
    batch, features, codes = draw(whole_numbers((1, 4), (1, 4), (1, 4)))
    shapes = (batch, codes), (features, codes), (features,), (batch, features)
    return [draw(elements(shape)) for shape in shapes]


VARIANCES = st.sampled_from([1.0, 0.25, 2.0, 0.1])


def signs(codes):
    """Noise whose mean is 0 and whose covariance is that of N(0, 1), exactly."""
    return np.array([*np.ndindex(*[2] * codes)], object).reshape(-1, codes) * 2 - 1


# --- identities


@given(alike(sixteenths))
def test_gaussian_kl_of_the_standard_one_is_zero(tensors):
    """D(N(0, 1) ‖ N(0, 1)) = 0; by the mean alone it is ‖μ‖² / 2"""
    (mean,) = tensors
    left = gaussian_kl(mean, np.zeros(mean.shape))
    assert_equal(left, (mean * mean).sum(-1) / 2)


@given(alike(gentle, gentle), VARIANCES)
def test_gaussian_log_likelihood_of_one_variance_is_the_squared_error(pair, v):
    """log N(x; μ, v) = −n/2 · log(2π v) − ‖x − μ‖² / (2 v): affine in the error"""
    x, mean = map(bounded, pair)
    left = gaussian_log_likelihood(x, mean, bounded(np.full(x.shape, v)))
    constant = x.shape[-1] / 2 * math.log(2 * math.pi * v)
    squares = ((x - mean) ** 2).sum(-1) if x.shape[-1] else bounded(np.zeros(len(x)))
    assert_equal(left, -bounded(np.float64(constant)) - np.asarray(squares) / (2 * v))


@given(st.sampled_from([-2.0, 0.0, 0.3]), st.sampled_from([0.5, 1.0, 3.0]))
def test_gaussian_log_likelihood_is_a_density(mean, v):
    """Σ_k h · N(k h; μ, v) = 1, as the sum over a fine grid is to e^(−2π² v / h²)"""
    h = math.sqrt(v) / 4
    x = bounded(np.arange(-80, 81)[:, None] * h + mean)
    center, variance = (bounded(np.full(x.shape, number)) for number in (mean, v))
    density = np.exp(gaussian_log_likelihood(x, center, variance))
    assert_equal(np.array(density.sum() * h), np.array(1.0))


@given(decoders(gentle), VARIANCES)
def test_linear_elbo_is_below_the_likelihood_by_the_posteriors_divergence(example, v):
    """log p(x) − ELBO = D(q ‖ p(z | x)) ≥ 0, of one feature and one code"""
    x, weight, mean, logvar = (tensor[:1, :1] for tensor in example)
    w, total = weight.item(), weight.item() ** 2 + v
    evidence = gaussian_log_likelihood(
        bounded(x), bounded(0 * x), bounded(np.full((1, 1), total))
    )
    # D(q ‖ N(m, s)) is D(N((μ − m) / √s, e^λ / s) ‖ N(0, 1)).
    m, s = w * x / total, v / total
    posterior = gaussian_kl(
        (bounded(mean) - bounded(m)) / math.sqrt(s), bounded(logvar) - math.log(s)
    )
    elbo = linear_elbo(*map(bounded, (x, weight, mean, logvar)), variance=v)
    assert_equal(evidence - elbo, posterior)


def test_linear_elbo_is_the_likelihood_at_the_posterior():
    """w = v = 1, x = 1: q = N(1/2, 1/2), and log N(1; 0, 2) = −log(4π) / 2 − 1/4"""
    tensors = [np.array([[number]]) for number in (1.0, 1.0, 0.5, -math.log(2))]
    elbo = linear_elbo(*map(bounded, tensors), variance=1.0)
    assert_equal(elbo, bounded(np.array([-math.log(4 * math.pi) / 2 - 0.25])))


def test_linear_elbo_falls_short_where_q_is_not_the_posterior():
    """The notes: learning makes q = p(z | x). At q = p(z) it is −1.53, not −1.52"""
    tensors = [np.array([[number]]) for number in (1.0, 1.0, 0.0, 0.0)]
    assert linear_elbo(*tensors, variance=1.0) < -math.log(4 * math.pi) / 2 - 0.25


# --- algebra


@given(alike(fractions, fractions, fractions), st.integers(-4, 4))
def test_reparametrize_is_affine_in_the_noise(tensors, a):
    """z = μ at no noise; z(a ε) − μ = a · (z(ε) − μ)"""
    mean, _, noise = tensors
    logvar = 0 * mean.astype(float)
    left = reparametrize(bounded(mean), bounded(logvar), bounded(a * noise))
    right = reparametrize(bounded(mean), bounded(logvar), bounded(noise))
    assert_equal(left - bounded(mean), a * (right - bounded(mean)))


@given(samples(fractions), st.integers(0, 4))
def test_ancestral_sample_is_decoded_without_chance_but_for_the_noise(example, scale):
    """x − scale · ε is the decoder's mean: the same for the same code"""
    *decoder, noise = example
    left = ancestral_sample(*decoder, noise, scale=scale) - scale * noise
    assert_equal(left, ancestral_sample(*decoder, 0 * noise, scale=scale))


# --- moments


@given(alike(gentle, gentle))
def test_reparametrize_has_the_mean_and_the_variance(tensors):
    """Of ε = ±1, alike probable: mean μ, variance e^λ"""
    mean, logvar = map(bounded, tensors)
    one = np.ones(mean.shape)
    up, down = (reparametrize(mean, logvar, bounded(sign * one)) for sign in (1, -1))
    assert_equal((up + down) / 2, mean)
    assert_equal(((up - down) / 2) ** 2, np.exp(logvar))


@given(fractions((2, 3)), fractions((2,)), st.integers(0, 3))
def test_ancestral_sample_has_the_decoders_mean_and_covariance(weight, bias, scale):
    """E x = b, and Cov x = W Wᵀ + scale² · I, over noises of ±1"""
    noise = signs(5)
    x = ancestral_sample(noise[:, :3], weight, bias, noise[:, 3:], scale=scale)
    assert_equal(x.mean(0), bias)
    covariance = (x - bias).T @ (x - bias) / len(x)
    assert_equal(covariance, weight @ weight.T + scale**2 * np.eye(2, dtype=int))


def test_backend_noise_is_standard_normal_and_repeatable(backend):
    """Kolmogorov and Smirnov's test, false once in 10⁹; the same seed, the same bits"""
    if backend.framework.name != "torch":
        pytest.skip("its noise is NumPy's")
    torch = pytest.importorskip("torch")
    draws = [
        torch.randn(4096, generator=torch.Generator(backend.device).manual_seed(seed))
        for seed in (0, 0, 1)
    ]
    assert_equal(draws[0].numpy(), draws[1].numpy())
    assert kstest(draws[2].numpy(), "norm").pvalue > 1e-9


# --- gradients


@given(alike(sixteenths, gentle, sixteenths))
def test_reparametrize_has_gradient_one_by_the_mean(tensors):
    """∂z/∂μ = 1, ∂z/∂λ = (z − μ) / 2"""
    mean, logvar, noise = map(bounded, tensors)
    one = bounded(np.ones(mean.shape))
    by_mean, by_logvar, _ = gradient(reparametrize, [mean, logvar, noise], one)
    assert_equal(by_mean, one)
    z = reparametrize(bounded(0 * tensors[0]), logvar, noise)
    assert_equal(by_logvar, z / 2)


@given(alike(sixteenths, gentle))
def test_gaussian_kl_is_least_at_the_standard_one(tensors):
    """∂D/∂μ = μ, ∂D/∂λ = (e^λ − 1) / 2: both are 0 at N(0, 1) alone"""
    mean, logvar = map(bounded, tensors)
    cotangent = bounded(np.ones(mean.shape[:-1]))
    by_mean, by_logvar = gradient(gaussian_kl, [mean, logvar], cotangent)
    assert_equal(by_mean, mean)
    assert_equal(by_logvar, (np.exp(logvar) - 1) / 2)


# --- errors


def test_gaussian_log_likelihood_rejects_variances():
    with pytest.raises(ValueError, match="it must be above 0"):
        gaussian_log_likelihood(np.ones(1), np.ones(1), np.zeros(1))


@pytest.mark.parametrize("function", [gaussian_kl, reparametrize])
def test_reparametrize_and_gaussian_kl_reject_other_shapes(function):
    with pytest.raises(ValueError, match="must have the same"):
        function(*[np.ones(2), np.ones(3), np.ones(2)][: 2 + (function != gaussian_kl)])


def test_gaussian_kl_rejects_numbers_without_axes():
    with pytest.raises(ValueError, match="no axes"):
        gaussian_kl(np.array(1.0), np.array(1.0))


def test_linear_elbo_rejects_shapes_and_variances():
    tensors = np.ones((2, 3)), np.ones((3, 1)), np.ones((2, 1)), np.ones((2, 1))
    with pytest.raises(ValueError, match="variance is 0"):
        linear_elbo(*tensors, variance=0)
    with pytest.raises(ValueError, match="input, weight and mean have shapes"):
        linear_elbo(tensors[0], tensors[1].T, *tensors[2:], variance=1.0)


def test_ancestral_sample_rejects_a_negative_scale():
    with pytest.raises(ValueError, match="scale is -1"):
        ancestral_sample(*[np.ones((1, 1))] * 2, np.ones(1), np.ones((1, 1)), scale=-1)


# --- agreement


@pytest.mark.parametrize("way", ways("gaussian_kl"))
@given(alike(ordinary, gentle))
def test_gaussian_kl_agrees_with_backend(backend, way, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gaussian_kl, *tensors, way=way)


@given(alike(ordinary, gentle, ordinary))
def test_reparametrize_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, reparametrize, *tensors)


@given(alike(ordinary, ordinary, positive))
def test_gaussian_log_likelihood_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gaussian_log_likelihood, *tensors)


@pytest.mark.parametrize("way", ["gaussian_log_likelihood_distributions"])
@given(alike(gentle, gentle, positive))
def test_gaussian_log_likelihood_by_deviations_agrees_with_backend(
    backend, way, tensors
):
    """Its gradient goes through 2σ times the variance's, which may overflow first."""
    agree(backend, gaussian_log_likelihood, *tensors, way=way)


@given(decoders(gentle), VARIANCES)
def test_linear_elbo_agrees_with_backend(backend, tensors, variance):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, linear_elbo, *tensors, variance=variance)


@given(samples(ordinary), st.sampled_from([1.0, 0.0, 0.1]))
def test_ancestral_sample_agrees_with_backend(backend, tensors, scale):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, ancestral_sample, *tensors, scale=scale)
