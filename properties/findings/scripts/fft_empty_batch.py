"""Fourier transforms of no signals raise an error of MKL, instead of giving none."""

import torch

for transform in (torch.fft.fft, torch.fft.ifft, torch.fft.rfft, torch.fft.irfft):
    try:
        actual = tuple(transform(torch.zeros(0, 8)).shape)
    except RuntimeError as error:
        actual = str(error)
    assert actual[0] == 0, f"{transform.__name__} of no signals: {actual}"
