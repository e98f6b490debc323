"""The nearest points of convex sets."""

import numpy as np

from reference.arguments import along, same_shape


def project_on_box(
    input: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Find the nearest point of a box.

        y[i] = min(max(x[i], lower[i]), upper[i])

    Shapes:
        input, lower, upper  any, the same
        result               as input, input's dtype

    Raises:
        ValueError: shapes differ, or a lower number is above its upper one.

    Source: Boyd and Vandenberghe, "Convex Optimization", section 8.1.
    """
    same_shape("input and lower", input, lower)
    same_shape("input and upper", input, upper)
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        if lower[i] > upper[i]:
            raise ValueError(f"lower[{i}] is {lower[i]}, above upper, {upper[i]}")
        y[i] = np.minimum(np.maximum(input[i], lower[i]), upper[i])
    return y


def project_on_ball(input: np.ndarray, *, dim: int, radius: float) -> np.ndarray:
    """Find, for each row, the nearest point of a ball around 0.

        y = x · radius / max(‖x‖, radius),    x a row along dim

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input, or radius is not above 0 and finite.

    Source: Boyd and Vandenberghe, "Convex Optimization", section 8.1.
    """
    rows = along(input, dim)
    if not 0 < radius < np.inf:
        raise ValueError(f"radius is {radius}; it must be above 0, and finite")
    y = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        norm = np.sqrt(sum(x * x for x in rows[n]))
        factor = radius / np.maximum(norm, radius)
        y[n] = [x * factor for x in rows[n]]
    return np.moveaxis(y, -1, dim)


def project_on_simplex(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Find, for each row, the nearest probabilities.

        y[i] = max(x[i] − τ, 0),    τ = max_k (Σ_{i≤k} u[i] − 1) / k
        u is the row along dim, sorted from its largest; then Σ_i y[i] = 1.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input, or it is empty.

    Source: Duchi et al., "Efficient Projections onto the l1-Ball for Learning in High
        Dimensions" (ICML 2008), figure 1.
    """
    rows = along(input, dim)
    if not rows.shape[-1]:
        raise ValueError(f"input has shape {input.shape}; axis {dim} must not be empty")
    y = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        total, threshold = 0, None
        for k, u in enumerate(sorted(rows[n], reverse=True), start=1):
            total = total + u
            level = (total - 1) / k
            threshold = level if k == 1 else np.maximum(threshold, level)
        y[n] = [np.maximum(x - threshold, 0) for x in rows[n]]
    return np.moveaxis(y, -1, dim)
