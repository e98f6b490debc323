"""Searches for hyperparameters."""

import itertools

import numpy as np

from reference.arguments import exact_rank, same_shape


def grid_points(*axes: np.ndarray) -> np.ndarray:
    """List every combination of values, the last axis changing fastest.

        points = axes[0] × axes[1] × …, the Cartesian product

    Shapes:
        axes    any number of arrays (values)
        result  (product of the numbers of values, axes), their dtype

    Raises:
        ValueError: there are no axes, or one is not a list.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 11.4.3.
    """
    if not axes:
        raise ValueError("there are no axes")
    for k, axis in enumerate(axes):
        exact_rank(f"axes[{k}]", axis, "values")
    count = int(np.prod([len(axis) for axis in axes]))
    points = np.zeros((count, len(axes)), axes[0].dtype)
    for n, point in enumerate(itertools.product(*axes)):
        points[n] = point
    return points


def random_points(
    uniforms: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Place uniform numbers in a box.

        x[n, k] = lower[k] + u[n, k] · (upper[k] − lower[k])

    Shapes:
        uniforms      (points, axes), in [0, 1)
        lower, upper  (axes)
        result        (points, axes), uniforms' dtype

    Raises:
        ValueError: shapes do not fit each other.

    Source: Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization"
        (JMLR 2012).
    """
    exact_rank("uniforms", uniforms, "points axes")
    same_shape("lower and upper", lower, upper)
    if uniforms.shape[1:] != lower.shape:
        raise ValueError(
            f"uniforms have shape {uniforms.shape}, lower has {lower.shape}; "
            "they must be (points, axes) and (axes)"
        )
    points = np.zeros(uniforms.shape, uniforms.dtype)
    for n, k in np.ndindex(uniforms.shape):
        points[n, k] = lower[k] + uniforms[n, k] * (upper[k] - lower[k])
    return points


def best_point(points: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Choose the point of least loss, the first of several.

        x[n] for the least n with losses[n] = min_k losses[k]

    Shapes:
        points  (points, axes)
        losses  (points)
        result  (axes), points' dtype

    Raises:
        ValueError: there are no points, or not as many losses.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 11.4.3.
    """
    exact_rank("points", points, "points axes")
    if losses.shape != points.shape[:1] or not losses.size:
        raise ValueError(
            f"losses have shape {losses.shape}; {points.shape} are the points"
        )
    best = 0
    for n, loss in enumerate(losses):
        best = n if loss < losses[best] else best
    return points[best].copy()
