"""Sampling from a softmax: classes chosen by random numbers that are given."""

import numpy as np

from reference.exponentials import shifted


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
        powers = [np.exp(z) for z in shifted(logits[n])]
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


def _check_batch(name: str, shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Check that the random numbers are as many as the logits need.

    Raises:
        ValueError: they are not.
    """
    if shape != expected:
        raise ValueError(f"{name} has shape {shape}; these logits need {expected}")
