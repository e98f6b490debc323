"""Images with a region left out, and blends, in NumPy."""

import numpy as np


def cutout(
    input: np.ndarray, *, top: int, left: int, height: int, width: int
) -> np.ndarray:
    i, j = np.indices(input.shape[-2:])
    inside = (i >= top) & (i < top + height) & (j >= left) & (j < left + width)
    return np.where(inside, input.dtype.type(0), input)


def mixup(
    input: np.ndarray,
    target: np.ndarray,
    partner: np.ndarray,
    partner_target: np.ndarray,
    *,
    lam: float,
) -> tuple[np.ndarray, np.ndarray]:
    share, rest = input.dtype.type(lam), input.dtype.type(1 - lam)
    return share * input + rest * partner, share * target + rest * partner_target
