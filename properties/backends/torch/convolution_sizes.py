"""The sizes that PyTorch's convolutions have, asked of PyTorch itself."""

import torch
import torch.nn.functional as F


def output_size(size, kernel, *, stride, padding, dilation):
    x, w = (
        torch.empty(1, 1, size, device="meta"),
        torch.empty(1, 1, kernel, device="meta"),
    )
    return F.conv1d(x, w, stride=stride, padding=padding, dilation=dilation).shape[-1]


def total_padding_output_size(size, kernel, *, stride, total_padding, dilation):
    x = F.pad(torch.empty(1, 1, size, device="meta"), (0, total_padding))
    w = torch.empty(1, 1, kernel, device="meta")
    return F.conv1d(x, w, stride=stride, dilation=dilation).shape[-1]


def receptive_field(kernel_sizes, *, strides, dilations):
    layers = list(zip(kernel_sizes, strides, dilations))
    size = 1
    for kernel, stride, dilation in reversed(layers):
        size = (size - 1) * stride + dilation * kernel
    x = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
    pixels = torch.autograd.grad(stack(x, layers)[0, 0, 0], x)[0].nonzero()[:, -1]
    return int(pixels[-1] - pixels[0] + 1)


def dependencies(place, size, kernel_sizes, *, strides, paddings, dilations):
    x = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
    y = stack(x, zip(kernel_sizes, strides, dilations, paddings))
    return torch.autograd.grad(y[0, 0, place], x)[0].nonzero()[:, -1]


def stack(x, layers):
    for kernel, stride, dilation, *padding in layers:
        w = x.new_ones(1, 1, kernel)
        x = F.conv1d(x, w, None, stride, *padding or [0], dilation)
    return x
