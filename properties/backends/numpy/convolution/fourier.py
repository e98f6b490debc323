"""The discrete Fourier transform as NumPy and SciPy have it."""

import numpy as np
from scipy import signal


def dft(real: np.ndarray, imag: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    waves = np.fft.fft(real + 1j * imag)
    return waves.real.astype(real.dtype), waves.imag.astype(real.dtype)


def inverse_dft(real: np.ndarray, imag: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = np.fft.ifft(real + 1j * imag)
    return x.real.astype(real.dtype), x.imag.astype(real.dtype)


def fft_convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return signal.fftconvolve(x, kernel).astype(x.dtype)
