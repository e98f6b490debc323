"""The discrete Fourier transform as torch has it."""

import torch
from torch import Tensor


def dft(real: Tensor, imag: Tensor) -> tuple[Tensor, Tensor]:
    waves = torch.fft.fft(torch.complex(real, imag))
    return waves.real, waves.imag


def inverse_dft(real: Tensor, imag: Tensor) -> tuple[Tensor, Tensor]:
    signal = torch.fft.ifft(torch.complex(real, imag))
    return signal.real, signal.imag


def fft_convolve(x: Tensor, kernel: Tensor) -> Tensor:
    n = len(x) + len(kernel) - 1
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(kernel, n), n)
