"""Cross-correlation and convolution as torch has them."""

import torch.nn.functional as F
from torch import Tensor


def cross_correlate(x: Tensor, kernel: Tensor) -> Tensor:
    convolution = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 1]
    return convolution(x[None, None], kernel[None, None])[0, 0]


def convolve(x: Tensor, kernel: Tensor) -> Tensor:
    transposed = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
    return transposed[x.ndim - 1](x[None, None], kernel[None, None])[0, 0]


def cross_correlate_channels(x: Tensor, kernel: Tensor) -> Tensor:
    convolution = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 2]
    return convolution(x[None], kernel[None])[0, 0]


def cross_correlate_filters(x: Tensor, filters: Tensor) -> Tensor:
    convolution = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 2]
    return convolution(x[None], filters)[0]
