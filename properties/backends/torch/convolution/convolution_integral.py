"""The convolution of functions, by their samples, as torch has it."""

from torch import Tensor

from properties.backends.torch.convolution.cross_correlation import convolve


def convolution_integral(f: Tensor, g: Tensor, *, step: float) -> Tensor:
    return step**f.ndim * convolve(f, g)
