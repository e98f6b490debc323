"""The game of a generator and a discriminator."""

import numpy as np

from reference.arguments import along, same_shape
from reference.classification.entropy import kl_divergence


def discriminator_loss(real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    """Average how badly a discriminator tells examples from fakes.

        L = −Σ_n log σ(r[n]) / len(r) − Σ_n log(1 − σ(f[n])) / len(f)

    Shapes:
        real, fake  (examples), (fakes): logits of being real
        result      (), real's dtype

    Units: nats.

    Raises:
        ValueError: there are no examples or no fakes, or they are not lists.

    Source: Goodfellow et al., "Generative Adversarial Networks" (arXiv:1406.2661),
        eq. 1.
    """
    y = np.zeros((), real.dtype)
    y[()] = _mean_softplus("real", -real) + _mean_softplus("fake", fake)
    return y


def generator_loss(fake: np.ndarray, *, saturating: bool = False) -> np.ndarray:
    """Average how badly a generator fools the discriminator.

        L = −Σ_n log σ(f[n]) / len(f)
        saturating:  L = Σ_n log(1 − σ(f[n])) / len(f), the game's own, whose gradient
        vanishes where the discriminator is sure of a fake

    Shapes:
        fake    (fakes): logits of being real
        result  (), fake's dtype

    Units: nats.

    Raises:
        ValueError: there are no fakes, or they are not a list.

    Source: Goodfellow et al. (arXiv:1406.2661), section 3.
    """
    y = np.zeros((), fake.dtype)
    sign = 1 if saturating else -1
    y[()] = -sign * _mean_softplus("fake", sign * fake)
    return y


def optimal_discriminator(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Tell how probably each value is real, not generated.

        D[x] = p[x] / (p[x] + q[x]); NaN where neither has it

    Shapes:
        p, q    any, the same: how probable values are, really and as generated
        result  as p, p's dtype

    Raises:
        ValueError: shapes differ.

    Source: Goodfellow et al. (arXiv:1406.2661), proposition 1.
    """
    same_shape("p and q", p, q)
    y = np.zeros(p.shape, p.dtype)
    for i in np.ndindex(p.shape):
        y[i] = p[i] / (p[i] + q[i])
    return y


def gan_value(
    p: np.ndarray, q: np.ndarray, discriminator: np.ndarray, *, dim: int
) -> np.ndarray:
    """Find what the discriminator maximizes, and the generator minimizes.

        V = Σ_x p[x] · log D[x] + q[x] · log(1 − D[x]),    rows along dim
        Its greatest is 2 · JS(p, q) − log 4, at the optimal discriminator.

    Shapes:
        p, q, discriminator  any number of axes, the same shape
        result               as p without the axis dim, p's dtype

    Units: nats.

    Raises:
        ValueError: shapes differ, or there is no axis dim.

    Source: Goodfellow et al. (arXiv:1406.2661), eq. 3.
    """
    same_shape("p and q", p, q)
    same_shape("p and discriminator", p, discriminator)
    p, q, d = (along(tensor, dim) for tensor in (p, q, discriminator))
    y = np.zeros(p.shape[:-1], p.dtype)
    for i in np.ndindex(p.shape):
        y[i[:-1]] += p[i] * np.log(d[i]) + q[i] * np.log1p(-d[i])
    return y


def js_divergence(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    """Say how much two distributions differ, whichever comes first: Jensen-Shannon.

        JS(p, q) = (D(p ‖ m) + D(q ‖ m)) / 2,    m = (p + q) / 2,  rows along dim
        It is between 0, for p = q, and log 2, where no value has both.

    Shapes:
        p, q    any number of axes, the same shape
        result  as p without the axis dim, p's dtype

    Units: nats.

    Raises:
        ValueError: shapes differ, or there is no axis dim.

    Source: Goodfellow et al. (arXiv:1406.2661), eq. 6.
    """
    same_shape("p and q", p, q)
    mean = (p + q) / 2
    y = kl_divergence(p, mean, dim=dim)
    y += kl_divergence(q, mean, dim=dim)
    y /= 2
    return y


def _mean_softplus(name: str, logits: np.ndarray) -> np.ndarray:
    """The mean of log(1 + e^z), in a form that does not overflow."""
    if logits.ndim != 1 or not len(logits):
        raise ValueError(f"{name} has shape {logits.shape}; it must be (n), n ≥ 1")
    losses = [np.maximum(z, 0) + np.log1p(np.exp(-abs(z))) for z in logits]
    return sum(losses) / len(losses)
