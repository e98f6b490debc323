import numpy as np
import scipy.special


def discriminator_loss(real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()


def generator_loss(fake: np.ndarray, *, saturating: bool = False) -> np.ndarray:
    if saturating:
        return -np.logaddexp(0, fake).mean()
    return np.logaddexp(0, -fake).mean()


def optimal_discriminator(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    return p / (p + q)


def gan_value(
    p: np.ndarray, q: np.ndarray, discriminator: np.ndarray, *, dim: int
) -> np.ndarray:
    real = scipy.special.xlogy(p, discriminator)
    generated = scipy.special.xlog1py(q, -discriminator)
    return (real + generated).sum(dim, dtype=p.dtype)


def js_divergence(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    mean = (p + q) / 2
    terms = scipy.special.rel_entr(p, mean) + scipy.special.rel_entr(q, mean)
    return terms.sum(dim, dtype=p.dtype) / 2
