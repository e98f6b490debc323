"""The gradients of a convolution as torch has them."""

import torch
from torch import Tensor


def conv2d_input_gradient(
    weight: Tensor, grad_output: Tensor, *, input_size: tuple[int, ...], **options
) -> Tensor:
    return torch.nn.grad.conv2d_input(input_size, weight, grad_output, **options)


def conv2d_weight_gradient(
    input: Tensor, grad_output: Tensor, *, weight_size: tuple[int, ...], **options
) -> Tensor:
    return torch.nn.grad.conv2d_weight(input, weight_size, grad_output, **options)


def conv2d_bias_gradient(grad_output: Tensor) -> Tensor:
    return grad_output.sum((0, 2, 3))


def im2col_gradients(
    columns: Tensor, weight: Tensor, grad_output: Tensor
) -> tuple[Tensor, Tensor]:
    return grad_output @ weight.T, columns.T @ grad_output
