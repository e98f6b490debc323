import numpy as np
from scipy.stats import norm


def gaussian_kl(mean: np.ndarray, logvar: np.ndarray) -> np.ndarray:
    return (np.exp(logvar) + mean**2 - 1 - logvar).sum(-1) / 2


def reparametrize(
    mean: np.ndarray, logvar: np.ndarray, noise: np.ndarray
) -> np.ndarray:
    return mean + np.exp(logvar / 2) * noise


def gaussian_log_likelihood(
    input: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    densities = norm.logpdf(input, mean, np.sqrt(variance))
    return densities.sum(-1).astype(input.dtype)


def ancestral_sample(
    codes_noise: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    noise: np.ndarray,
    *,
    scale: float,
) -> np.ndarray:
    return codes_noise @ weight.T + bias + scale * noise
