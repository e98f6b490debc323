"""Descent of a quadratic by its own gradients, free and within a box."""

import numpy as np

from reference.arguments import check_least
from reference.optimisers.projections import project_on_box
from reference.optimisers.updates import check_not_negative


def quadratic_descent(
    start: np.ndarray,
    matrix: np.ndarray,
    offset: np.ndarray,
    *,
    lr: float,
    steps: int,
) -> np.ndarray:
    """Look for the least point of a quadratic by going down its gradient.

        f(x) = ½ · xᵀ A x − bᵀ x,    ∇f(x) = A x − b for a symmetric A
        x[t+1] = x[t] − lr · (A x[t] − b)
        Along an eigenvector of A, the error is multiplied by 1 − lr · eigenvalue.

    Shapes:
        start, offset  (n), x[0] and b
        matrix         (n, n), A
        result         (steps, n), x[1] and so on; start's dtype

    Raises:
        ValueError: shapes that do not fit each other, lr or steps below 0.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 4.3.
    """
    _check_quadratic(start, matrix, offset, lr, steps)
    path = np.zeros((steps, *start.shape), start.dtype)
    x = start
    for t in range(steps):
        x = path[t] = _stepped(x, matrix, offset, lr)
    return path


def projected_descent(
    start: np.ndarray,
    matrix: np.ndarray,
    offset: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    *,
    lr: float,
    steps: int,
) -> np.ndarray:
    """Look for the least point in a box: step down, then back to the nearest point.

        x[t+1] = P(x[t] − lr · (A x[t] − b)),    P onto the box lower ≤ x ≤ upper

    Shapes:
        start, offset  (n), as for `quadratic_descent`
        matrix         (n, n)
        lower, upper   (n)
        result         (steps, n), start's dtype

    Raises:
        ValueError: see `quadratic_descent` and `project_on_box`.

    Source: Boyd and Vandenberghe, "Convex Optimization"; Bertsekas, "Nonlinear
        Programming", the gradient projection method.
    """
    _check_quadratic(start, matrix, offset, lr, steps)
    path = np.zeros((steps, *start.shape), start.dtype)
    x = start
    for t in range(steps):
        x = project_on_box(_stepped(x, matrix, offset, lr), lower, upper)
        path[t] = x
    return path


def _stepped(x, matrix, offset, lr):
    """One step down the gradient of the quadratic."""
    y = np.zeros(x.shape, x.dtype)
    for i, row in enumerate(matrix):
        y[i] = x[i] - lr * (sum(a * z for a, z in zip(row, x)) - offset[i])
    return y


def _check_quadratic(start, matrix, offset, lr, steps):
    """Check that a quadratic and a point fit each other."""
    shapes = start.shape, matrix.shape, offset.shape
    if start.ndim != 1 or shapes != (start.shape, start.shape * 2, start.shape):
        raise ValueError(
            f"start, matrix and offset have shapes {shapes}; "
            "they must be (n), (n, n) and (n)"
        )
    check_not_negative(lr=lr)
    check_least(0, steps=steps)
