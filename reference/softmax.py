"""Softmax, its logarithm and derivative, log-sum-exp, and sampling from a softmax."""

import functools

import numpy as np

from reference.arguments import along


def softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into probabilities along one axis.

        s[i] = e^(z[i] − m) / Σ_k e^(z[k] − m),    m = max_k z[k],  z a row along dim
        A logit of −∞ masks its entry: probability 0. A row of −∞ alone, or one
        that holds +∞, is NaN.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and
        softmax functions" (arXiv:1909.03469), eq. 1.2, shifted by m.
    """
    rows = along(input, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        powers = [np.exp(z) for z in _shifted(rows[n])]
        total = sum(powers)
        probs[n] = [power / total for power in powers]
    return np.moveaxis(probs, -1, dim)


def naive_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into probabilities by the definition, which overflows.

        s[i] = e^z[i] / Σ_k e^z[k],    z a row along dim
        Where the largest e^z overflows, ∞ / ∞ is NaN; where all underflow, 0 / 0.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.1.
    """
    rows = along(input, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        powers = [np.exp(z) for z in rows[n]]
        total = sum(powers)
        probs[n] = [power / total for power in powers]
    return np.moveaxis(probs, -1, dim)


def softmax_with_temperature(
    input: np.ndarray, *, dim: int, temperature: float
) -> np.ndarray:
    """Take the softmax of logits divided by a temperature.

        softmax(z / temperature): one-hot at the largest as it falls to 0,
        uniform as it grows.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input, or temperature is not positive.

    Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network"
        (arXiv:1503.02531).
    """
    if not temperature > 0:
        raise ValueError(f"temperature is {temperature}; it must be positive")
    cooled = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        cooled[i] = input[i] / temperature
    return softmax(cooled, dim=dim)


def log_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into logarithms of probabilities along one axis.

        l[i] = (z[i] − m) − log Σ_k e^(z[k] − m),    m = max_k z[k]
        Finite for all finite logits, where log(softmax) may be −∞. A logit of −∞
        stays −∞; a row of −∞ alone, or one that holds +∞, is NaN.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Units: nats.

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469), the logarithm of eq. 1.2.
    """
    rows = along(input, dim)
    log_probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        row = _shifted(rows[n])
        log_total = np.log(sum(np.exp(z) for z in row))
        log_probs[n] = [z - log_total for z in row]
    return np.moveaxis(log_probs, -1, dim)


def logsumexp(input: np.ndarray, *, dim: int, keepdim: bool = False) -> np.ndarray:
    """Add up numbers that are given by their logarithms, along one axis.

        y = m + log Σ_k e^(z[k] − m),    m = max_k z[k],  z a row along dim
        A row of −∞ alone (of zeros), and an empty one, gives −∞; one that holds
        +∞ gives +∞.

    Shapes:
        input   any number of axes
        result  as input without the axis dim, or with size 1 there if keepdim

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469), eq. 1.1, shifted by m.
    """
    rows = along(input, dim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        y[n] = largest = _largest(rows[n])
        if abs(largest) < np.inf:  # else ∞ − ∞
            y[n] += np.log(sum(np.exp(z - largest) for z in rows[n]))
    return np.expand_dims(y, dim) if keepdim else y


def softmax_jacobian(input: np.ndarray) -> np.ndarray:
    """Differentiate softmax: how each probability moves with each logit.

        ∂s[i] / ∂z[i] = s[i] · (1 − s[i])
        ∂s[i] / ∂z[k] = −s[i] · s[k]  for k ≠ i;    J = diag(s) − s sᵀ

    Shapes:
        input   (*batch, classes)
        result  (*batch, classes, classes), input's dtype

    Raises:
        ValueError: input has no axes.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469).
    """
    probs = softmax(input, dim=-1)
    jacobian = np.zeros((*input.shape, input.shape[-1]), input.dtype)
    for *n, i, k in np.ndindex(jacobian.shape):
        s, t = probs[*n, i], probs[*n, k]
        jacobian[*n, i, k] = s * (1 - s) if i == k else -s * t
    return jacobian


def sample_softmax(logits: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Choose classes with the probabilities of a softmax, by inverting their sums.

        y = the number of classes k with  s[0] + … + s[k] ≤ u,    s = softmax(z)

    Shapes:
        logits   (*batch, classes)
        uniform  (*batch), numbers that are uniform in [0, 1)
        result   (*batch), int64

    Raises:
        ValueError: shapes that do not fit each other, a uniform outside [0, 1).

    Source: Devroye, "Non-Uniform Random Variate Generation", chapter III.
    """
    _check_batch("uniform", uniform.shape, logits.shape[:-1])
    classes = np.zeros(uniform.shape, np.int64)
    for n in np.ndindex(uniform.shape):
        if not 0 <= uniform[n] < 1:
            raise ValueError(f"uniform is {uniform[n]}; it must be in [0, 1)")
        powers = [np.exp(z) for z in _shifted(logits[n])]
        total, below = sum(powers), 0
        for power in powers:
            below += power
            # Times the total, not divided by it: the last sum is then above u.
            classes[n] += bool(below <= uniform[n] * total)
    return classes


def gumbel_max(logits: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
    """Choose classes with the probabilities of a softmax, by a noisy maximum.

        y = argmax_k (z[k] − log(−log u[k])), the first of equals

    Shapes:
        logits    (*batch, classes)
        uniforms  (*batch, classes), numbers that are uniform in (0, 1)
        result    (*batch), int64

    Raises:
        ValueError: shapes that do not fit each other, a uniform outside (0, 1).

    Source: Maddison, Tarlow and Minka, "A* Sampling" (arXiv:1411.0030).
    """
    _check_batch("uniforms", uniforms.shape, logits.shape)
    classes = np.zeros(logits.shape[:-1], np.int64)
    for n in np.ndindex(classes.shape):
        if not all(0 < u < 1 for u in uniforms[n]):
            raise ValueError(f"uniforms are {uniforms[n]}; each must be in (0, 1)")
        noisy = [z - np.log(-np.log(u)) for z, u in zip(logits[n], uniforms[n])]
        for k in range(1, len(noisy)):
            if noisy[k] > noisy[classes[n]]:
                classes[n] = k
    return classes


def _largest(row: np.ndarray):
    """The largest number of a row, −∞ if it is empty."""
    return functools.reduce(np.maximum, row) if len(row) else -np.inf


def _shifted(row: np.ndarray) -> list:
    """The numbers of a row less their largest, so that none of their e^z overflows."""
    largest = _largest(row)
    return [z - largest for z in row]


def _check_batch(name: str, shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Check that the random numbers are as many as the logits need.

    Raises:
        ValueError: they are not.
    """
    if shape != expected:
        raise ValueError(f"{name} has shape {shape}; these logits need {expected}")
