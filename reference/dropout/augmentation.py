"""Images with a region left out, and blends of images."""

import numpy as np

from reference.arguments import same_shape


def cutout(
    input: np.ndarray, *, top: int, left: int, height: int, width: int
) -> np.ndarray:
    """Put zeros into a rectangle of images, or into what of it is inside them.

        y[n, c, i, j] = 0 if top ≤ i < top + height and left ≤ j < left + width,
                        else x[n, c, i, j]

    Shapes: input and result (batch, channels, rows, columns).

    Units: pixels.

    Raises:
        ValueError: input has other axes, or a side is below 0.

    Source: DeVries and Taylor, "Improved Regularization of Convolutional Neural
        Networks with Cutout" (arXiv:1708.04552).
    """
    if input.ndim != 4 or min(height, width) < 0:
        raise ValueError(
            f"input has shape {input.shape}, the rectangle ({height}, {width}); it "
            "takes (batch, channels, rows, columns) and sides of at least 0"
        )
    y = np.zeros(input.shape, input.dtype)
    for n, c, i, j in np.ndindex(input.shape):
        if not (top <= i < top + height and left <= j < left + width):
            y[n, c, i, j] = input[n, c, i, j]
    return y


def mixup(
    input: np.ndarray,
    target: np.ndarray,
    partner: np.ndarray,
    partner_target: np.ndarray,
    *,
    lam: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Blend examples and, with the same shares, their targets.

        x̃ = lam · x + (1 − lam) · x′,    ỹ = lam · y + (1 − lam) · y′

    Shapes: input and partner the same, target and partner_target the same; results
        as input and as target. Targets are probabilities of classes.

    Raises:
        ValueError: shapes that differ, or lam is outside [0, 1].

    Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization"
        (arXiv:1710.09412).
    """
    same_shape("input and partner", input, partner)
    same_shape("target and partner_target", target, partner_target)
    if not 0 <= lam <= 1:
        raise ValueError(f"lam is {lam}; it must be between 0 and 1")
    return _blend(input, partner, lam), _blend(target, partner_target, lam)


def _blend(first, second, lam):
    y = np.zeros(first.shape, first.dtype)
    for i in np.ndindex(first.shape):
        y[i] = lam * first[i] + (1 - lam) * second[i]
    return y
