"""From a fully connected layer to a convolution, as torch has it."""

import torch
import torch.nn.functional as F
from torch import Tensor

CONVOLUTION = (F.conv1d, F.conv2d, F.conv3d)


def fully_connected_layer(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.tensordot(weight, x, dims=x.ndim) + bias


def recentered_weight(weight: Tensor) -> Tensor:
    size = weight.shape[: weight.ndim // 2]
    padded = F.pad(weight, [n - 1 for n in reversed(size) for _ in range(2)])
    ranges = [torch.arange(n, device=weight.device) for n in size]
    offsets = [torch.arange(2 * n - 1, device=weight.device) for n in size]
    grid = torch.meshgrid(*ranges, *offsets, indexing="ij")
    i, a = grid[: len(size)], grid[len(size) :]
    return padded[(*i, *(start + offset for start, offset in zip(i, a)))]


def recentered_layer(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    windows = F.pad(x, [n - 1 for n in reversed(x.shape) for _ in range(2)])
    for axis, n in enumerate(x.shape):
        windows = windows.unfold(axis, 2 * n - 1, 1)
    return bias + (windows * weight).flatten(x.ndim).sum(-1)


def translation_invariant_layer(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    padding = [n - 1 for n in x.shape]
    convolution = CONVOLUTION[x.ndim - 1]
    return convolution(x[None, None], weight[None, None], bias, padding=padding)[0, 0]


def local_layer(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    padding = [k // 2 for k in weight.shape]
    convolution = CONVOLUTION[x.ndim - 1]
    return convolution(x[None, None], weight[None, None], bias, padding=padding)[0, 0]


def centered_convolution(x: Tensor, weight: Tensor) -> Tensor:
    padding = [k // 2 for k in weight.shape[:2]]
    # not a view: slow_conv2d refuses the gradient of one filter in this order
    filters = weight.permute(3, 2, 0, 1).contiguous()
    return F.conv2d(x.permute(2, 0, 1)[None], filters, padding=padding)[0].movedim(0, 2)
