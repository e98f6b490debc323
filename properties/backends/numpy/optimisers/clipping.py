import numpy as np
from numpy import ndarray


def clip_grad_norm(
    *gradients: ndarray, max_norm: float, norm_type: float
) -> tuple[ndarray, ...]:
    numbers = np.concatenate([g.ravel() for g in gradients])
    wide = numbers.astype(float)  # linalg.norm rounds 1 / norm_type to the dtype
    norm = np.linalg.norm(wide, norm_type) if wide.size else wide.sum()
    norm = np.asarray(norm, numbers.dtype)
    return norm, *(g * np.minimum(1, max_norm / (norm + 1e-6)) for g in gradients)


def grad_clipping(*gradients: ndarray, theta: float) -> tuple[ndarray, ...]:
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients]))
    return tuple(g * (theta / np.maximum(norm, theta)) for g in gradients)


def clip_grad_value(*gradients: ndarray, clip_value: float) -> tuple[ndarray, ...]:
    return tuple(np.clip(g, -clip_value, clip_value) for g in gradients)
