"""Gaussian codes, and what a variational autoencoder maximizes."""

import math

import numpy as np

from reference.arguments import exact_rank, same_shape
from reference.classification.softmax_regression import linear


def gaussian_kl(mean: np.ndarray, logvar: np.ndarray) -> np.ndarray:
    """Say how much a Gaussian with independent parts differs from the standard one.

        D(N(μ, e^λ) ‖ N(0, 1)) = Σ_k (e^λ[k] + μ[k]² − 1 − λ[k]) / 2

    Shapes:
        mean, logvar  (*batch, codes): μ, and λ, the logarithm of the variance
        result        (*batch), mean's dtype

    Units: nats.

    Raises:
        ValueError: mean and logvar have different shapes, or no axis.

    Source: Kingma and Welling, "Auto-Encoding Variational Bayes" (arXiv:1312.6114),
        appendix B.
    """
    _check_codes(mean, logvar)
    y = np.zeros(mean.shape[:-1], mean.dtype)
    for *n, k in np.ndindex(mean.shape):
        m, v = mean[*n, k], logvar[*n, k]
        y[*n] += (np.exp(v) + m * m - 1 - v) / 2
    return y


def reparametrize(
    mean: np.ndarray, logvar: np.ndarray, noise: np.ndarray
) -> np.ndarray:
    """Make a sample of a Gaussian from standard noise, so that it has gradients.

        z[i] = μ[i] + e^(λ[i] / 2) · ε[i]

    Shapes:
        mean, logvar  any, the same: μ, and λ, the logarithm of the variance
        noise         the same: ε, from N(0, 1)
        result        as mean, mean's dtype

    Raises:
        ValueError: shapes differ.

    Source: Kingma and Welling (arXiv:1312.6114), section 2.4.
    """
    same_shape("mean and logvar", mean, logvar)
    same_shape("mean and noise", mean, noise)
    z = np.zeros(mean.shape, mean.dtype)
    for i in np.ndindex(z.shape):
        z[i] = mean[i] + np.exp(logvar[i] / 2) * noise[i]
    return z


def gaussian_log_likelihood(
    input: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    """Add up the log densities of numbers under Gaussians of their own.

        y[n] = −Σ_j (log(2π · v[n, j]) + (x[n, j] − μ[n, j])² / v[n, j]) / 2
        With one v for all it is the squared error, but for a factor and a shift.

    Shapes:
        input, mean, variance  (*batch, features), the same; v > 0
        result                 (*batch), input's dtype

    Units: nats.

    Raises:
        ValueError: shapes differ, there is no axis, or a variance is not above 0.

    Source: Kingma and Welling (arXiv:1312.6114), appendix C.2.
    """
    _check_codes(input, mean)
    same_shape("input and variance", input, variance)
    y = np.zeros(input.shape[:-1], input.dtype)
    for *n, j in np.ndindex(input.shape):
        v = variance[*n, j]
        if not v > 0:
            raise ValueError(f"variance[{n}, {j}] is {v}; it must be above 0")
        far = input[*n, j] - mean[*n, j]
        y[*n] -= (math.log(2 * math.pi) + np.log(v) + far * far / v) / 2
    return y


def linear_elbo(
    input: np.ndarray,
    weight: np.ndarray,
    mean: np.ndarray,
    logvar: np.ndarray,
    *,
    variance: float,
) -> np.ndarray:
    """Bound the log likelihood of a linear Gaussian decoder from below.

        E_q[log p(x | z)] − D(q(z | x) ‖ p(z)),    q(z | x) = N(μ, e^λ)
        p(z) = N(0, 1),    p(x | z) = N(W z, variance)
        E_q[log p(x | z)] = −D/2 · log(2π · variance) − S / (2 · variance),  D features
        S = ‖x − W μ‖² + Σ_k e^λ[k] ‖W[:, k]‖²
        It falls short of log p(x) by D(q(z | x) ‖ p(z | x)), which is 0 only where q is
        the posterior: learning q does not make it that, as the notes say.

    Shapes:
        input         (batch, features)
        weight        (features, codes)
        mean, logvar  (batch, codes): of q
        result        (batch), input's dtype

    Units: nats.

    Raises:
        ValueError: shapes do not fit each other, or variance is not above 0.

    Source: Kingma and Welling (arXiv:1312.6114), eq. 3.
    """
    exact_rank("input", input, "batch features")
    if not variance > 0:
        raise ValueError(f"variance is {variance}; it must be above 0")
    shapes = (*input.shape[1:], *mean.shape[1:]), (*input.shape[:1], *mean.shape[1:])
    if (weight.shape, mean.shape) != shapes:
        raise ValueError(
            f"input, weight and mean have shapes {input.shape}, {weight.shape} and "
            f"{mean.shape}; they must be (batch, features), (features, codes) and "
            "(batch, codes)"
        )
    bound = -gaussian_kl(mean, logvar)
    decoded = linear(mean, weight)
    for n, j in np.ndindex(input.shape):
        far = input[n, j] - decoded[n, j]
        square = far * far
        for k in range(mean.shape[1]):
            square = square + np.exp(logvar[n, k]) * weight[j, k] * weight[j, k]
        bound[n] -= math.log(2 * math.pi * variance) / 2 + square / (2 * variance)
    return bound


def ancestral_sample(
    codes_noise: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    noise: np.ndarray,
    *,
    scale: float,
) -> np.ndarray:
    """Sample a code from the prior, decode it, and add the decoder's noise.

        x[n] = W z[n] + b + scale · ε[n],    z and ε from N(0, 1)

    Shapes:
        codes_noise  (batch, codes): z
        weight       (features, codes); bias (features)
        noise        (batch, features): ε
        result       (batch, features), weight's dtype

    Raises:
        ValueError: shapes do not fit each other, or scale is below 0.

    Source: Kingma and Welling (arXiv:1312.6114), section 2.1.
    """
    if not scale >= 0:
        raise ValueError(f"scale is {scale}; it must not be negative")
    decoded = linear(codes_noise, weight, bias)
    same_shape("noise and what is decoded", noise, decoded)
    x = np.zeros(decoded.shape, decoded.dtype)
    for i in np.ndindex(x.shape):
        x[i] = decoded[i] + scale * noise[i]
    return x


def _check_codes(first, second):
    same_shape("the first two tensors", first, second)
    if not first.ndim:
        raise ValueError("the tensors have no axes; the last one is summed over")
