"""The discrete Fourier transform as torch has it."""

import torch
from torch import Tensor

TRANSFORMED = (torch.float32, torch.float64)


def dft(real: Tensor, imag: Tensor) -> tuple[Tensor, Tensor]:
    waves = torch.fft.fft(_complex_tensor(real, imag))
    return waves.real, waves.imag


def inverse_dft(real: Tensor, imag: Tensor) -> tuple[Tensor, Tensor]:
    signal = torch.fft.ifft(_complex_tensor(real, imag))
    return signal.real, signal.imag


def fft_convolve(x: Tensor, kernel: Tensor) -> Tensor:
    if x.dtype not in TRANSFORMED:
        raise NotImplementedError(f"torch.fft does not transform {x.dtype}")
    n = len(x) + len(kernel) - 1
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(kernel, n), n)


def _complex_tensor(real: Tensor, imag: Tensor) -> Tensor:
    if real.dtype not in TRANSFORMED:
        raise NotImplementedError(f"torch.fft does not transform {real.dtype}")
    return torch.complex(real, imag)
