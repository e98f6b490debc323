"""The discrete Fourier transform, and convolution through it.

A complex array is two real ones, its real and its imaginary part.
"""

import numpy as np

from reference.arguments import exact_rank


def dft(real: np.ndarray, imag: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take a signal apart into waves.

        X[k] = Σ_n  x[n] · e^(−2πi · k · n / N)

    Shapes:
        real, imag  (N), the parts of x
        result      (N) and (N), the parts of X

    Units: k counts waves per N samples.

    Raises:
        ValueError: real and imag differ in shape, have not one axis, or are empty.

    Source: NumPy's documentation of numpy.fft, section "Implementation details".
    """
    return _sum_waves(real, imag, sign=-1)


def inverse_dft(real: np.ndarray, imag: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Put a signal together from waves.

        x[n] = 1/N · Σ_k  X[k] · e^(2πi · k · n / N)

    Shapes:
        real, imag  (N), the parts of X
        result      (N) and (N), the parts of x

    Units: k counts waves per N samples.

    Raises:
        ValueError: real and imag differ in shape, have not one axis, or are empty.

    Source: NumPy's documentation of numpy.fft, section "Implementation details".
    """
    real, imag = _sum_waves(real, imag, sign=1)
    return real / len(real), imag / len(real)


def fft_convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Convolve two signals, in full, by multiplying their transforms.

        dft(x ∗ kernel) = dft(x) · dft(kernel), both with zeros up to the result's size

    Shapes:
        x, kernel, result   n, k, n + k − 1

    Raises:
        ValueError: x or kernel has not one axis, or is empty.

    Source: Oppenheim and Schafer, "Discrete-Time Signal Processing", on linear
        convolution by the discrete Fourier transform.
    """
    exact_rank("x", x, "length")
    exact_rank("kernel", kernel, "length")
    if x.size == 0 or kernel.size == 0:
        raise ValueError(f"x has shape {x.shape}, kernel {kernel.shape}: one is empty")
    silence = np.zeros(len(x) + len(kernel) - 1, x.dtype)
    padded, flat = silence.copy(), silence.copy()
    padded[: len(x)], flat[: len(kernel)] = x, kernel
    (a, b), (c, d) = dft(padded, silence), dft(flat, silence)
    return inverse_dft(a * c - b * d, a * d + b * c)[0]


def _sum_waves(
    real: np.ndarray, imag: np.ndarray, *, sign: int
) -> tuple[np.ndarray, np.ndarray]:
    """Add up x[n] · e^(sign · 2πi · k · n / N) over n, for each k.

    Raises:
        ValueError: real and imag differ in shape, have not one axis, or are empty.
    """
    exact_rank("real", real, "length")
    if real.shape != imag.shape or real.size == 0:
        raise ValueError(
            f"real has shape {real.shape}, imag {imag.shape}; "
            "they must be as long, and not empty"
        )
    waves_real = np.zeros(real.shape, real.dtype)
    waves_imag = np.zeros(real.shape, real.dtype)
    angles = [
        _constant_like(real[0], 2 * np.pi * turn / len(real))
        for turn in range(len(real))
    ]
    cos, sin = np.cos(angles), sign * np.sin(angles)
    for k, n in np.ndindex(len(real), len(real)):
        turn = k * n % len(real)
        waves_real[k] += real[n] * cos[turn] - imag[n] * sin[turn]
        waves_imag[k] += real[n] * sin[turn] + imag[n] * cos[turn]
    return waves_real, waves_imag


def _constant_like(number: float, constant: float) -> float:
    """Give a constant as a number of another's kind, to be rounded like it."""
    return number * 0 + constant
