import numpy as np
from numpy import ndarray


def quadratic_descent(
    start: ndarray, matrix: ndarray, offset: ndarray, *, lr: float, steps: int
) -> ndarray:
    unbounded = np.full_like(start, np.inf)
    box = -unbounded, unbounded
    return projected_descent(start, matrix, offset, *box, lr=lr, steps=steps)


def projected_descent(
    start: ndarray,
    matrix: ndarray,
    offset: ndarray,
    lower: ndarray,
    upper: ndarray,
    *,
    lr: float,
    steps: int,
) -> ndarray:
    path = np.zeros((steps, *start.shape), start.dtype)
    for t in range(steps):
        start = np.clip(start - lr * (matrix @ start - offset), lower, upper)
        path[t] = start
    return path
