"""The convolution of functions, by their samples, as torch has it."""

from properties.backends.torch.convolution import convolve
from torch import Tensor


def convolution_integral(f: Tensor, g: Tensor, *, step: float) -> Tensor:
    return step**f.ndim * convolve(f, g)
