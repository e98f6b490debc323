"""The convolution of functions, by their samples."""

import numpy as np

from reference.convolution.cross_correlation import convolve


def convolution_integral(f: np.ndarray, g: np.ndarray, *, step: float) -> np.ndarray:
    """Approximate the convolution of two functions by a Riemann sum.

        (f ∗ g)(x) = ∫ f(z) · g(x − z) dz
                   ≈ step · Σ_a  f[a] · g[i − a]

    f[a] is f at start + a · step, g[a] likewise; result[i] is then f ∗ g at the sum of
    both starts + i · step. Outside their samples f and g are taken for zero.

    Shapes: on each axis of f (any number of axes; i and a have one part for each)
        f, g, result   n, m, n + m − 1

    Units: step is the distance of neighbouring samples, the same on every axis; on
        several axes the sum is multiplied by it once for each.

    Raises:
        ValueError: f and g have different numbers of axes, or one is empty.

    Source: Zhang et al., "Dive into Deep Learning", eqs. 7.1.4 to 7.1.6.
    """
    return step**f.ndim * convolve(f, g)
