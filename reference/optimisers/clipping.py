"""Gradients kept from growing too large."""

import functools
import math

import numpy as np

from reference.optimisers.updates import check_not_negative


def clip_grad_norm(
    *gradients: np.ndarray, max_norm: float, norm_type: float = 2.0
) -> tuple[np.ndarray, ...]:
    """Shrink gradients together until the norm of them all is at most max_norm.

        g'[k] = g[k] · min(1, max_norm / (‖g‖ + 10⁻⁶)),  g all gradients as one vector
        ‖g‖ = (Σ_i |g[i]|^p)^(1/p) with p = norm_type; max_i |g[i]| for p = ∞,
              min_i |g[i]| for −∞, the number of g[i] that are not 0 for p = 0

    Gradients of norm 0 stay, those of infinite norm become 0, and ∞ itself NaN.

    Shapes:
        gradients  any number of arrays, of any shape
        results    () ‖g‖ before clipping, then each gradient as it was; their dtype

    Raises:
        ValueError: there are no gradients, max_norm is below 0, or norm_type is NaN.

    Source: PyTorch's documentation of torch.nn.utils.clip_grad_norm_, and of
        torch.linalg.vector_norm for ‖g‖.
    """
    if not gradients:
        raise ValueError("there are no gradients")
    check_not_negative(max_norm=max_norm)
    total = _norm([g for grad in gradients for g in grad.flat], norm_type)
    coefficient = np.minimum(1, max_norm / (total + 1e-6))
    norm = np.zeros((), gradients[0].dtype)
    norm[()] = total
    return norm, *_scaled(gradients, coefficient)


def grad_clipping(*gradients: np.ndarray, theta: float) -> tuple[np.ndarray, ...]:
    """Shrink gradients together to the 2-norm theta, where theirs is greater.

        g'[k] = g[k] · min(1, theta / ‖g‖)
        Exactly theta, unlike `clip_grad_norm`, which adds 10⁻⁶ to the norm.

    Shapes:
        gradients  any number of arrays, of any shape
        results    each gradient as it was, their dtype

    Raises:
        ValueError: there are no gradients, or theta is not above 0.

    Source: Zhang et al., "Dive into Deep Learning", section 9.5.3.
    """
    if not gradients:
        raise ValueError("there are no gradients")
    if not theta > 0:
        raise ValueError(f"theta is {theta}; it must be above 0")
    total = _norm([g for grad in gradients for g in grad.flat], 2.0)
    return tuple(_scaled(gradients, theta / np.maximum(total, theta)))


def clip_grad_value(
    *gradients: np.ndarray, clip_value: float
) -> tuple[np.ndarray, ...]:
    """Cut every number of the gradients to an interval around 0.

        g'[i] = min(max(g[i], −clip_value), clip_value); NaN stays NaN

    Shapes:
        gradients  any number of arrays, of any shape
        results    each gradient as it was, their dtype

    Raises:
        ValueError: there are no gradients, or clip_value is below 0.

    Source: PyTorch's documentation of torch.nn.utils.clip_grad_value_.
    """
    if not gradients:
        raise ValueError("there are no gradients")
    check_not_negative(clip_value=clip_value)
    clipped = []
    for gradient in gradients:
        cut = np.zeros(gradient.shape, gradient.dtype)
        for i in np.ndindex(gradient.shape):
            cut[i] = np.minimum(np.maximum(gradient[i], -clip_value), clip_value)
        clipped.append(cut)
    return tuple(clipped)


def _norm(numbers: list, p: float):
    """The p-norm of a vector; of an empty one it is 0."""
    sizes = [abs(number) for number in numbers]
    if math.isnan(p):
        raise ValueError("norm_type is NaN; it must be a number or an infinity")
    if not sizes:
        return 0.0
    if math.isinf(p):
        return functools.reduce(np.maximum if p > 0 else np.minimum, sizes)
    if p == 0:
        return sum(size != 0 for size in sizes) * 1.0
    if p == 1:
        return sum(sizes)
    if p == 2:
        return np.sqrt(sum(size * size for size in sizes))
    # The p-th root by its logarithm: as of a power, 1 / p is rounded, log Σ times.
    return np.exp(np.log(sum(size**p for size in sizes)) / p)


def _scaled(gradients: tuple[np.ndarray, ...], factor) -> list[np.ndarray]:
    """The gradients, each number times a factor."""
    scaled = []
    for gradient in gradients:
        result = np.zeros(gradient.shape, gradient.dtype)
        for i in np.ndindex(gradient.shape):
            result[i] = gradient[i] * factor
        scaled.append(result)
    return scaled
