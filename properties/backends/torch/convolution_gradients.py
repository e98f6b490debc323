"""The gradients of a convolution as torch has them, and a kernel learned with them."""

import torch
import torch.nn.functional as F
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


def sgd_step(weight: Tensor, grad: Tensor, *, lr: float) -> Tensor:
    stepped = weight.clone()
    if stepped.requires_grad:
        stepped.retain_grad()
    stepped.grad = grad
    torch.optim.SGD([stepped], lr=lr, differentiable=True).step()
    return stepped


def learn_kernel(
    x: Tensor, y: Tensor, kernel: Tensor, *, lr: float, steps: int
) -> tuple[Tensor, Tensor]:
    convolution = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 1]
    kernel = kernel if kernel.requires_grad else kernel.clone().requires_grad_()
    kernels, losses = [], []
    for _ in range(steps + 1):
        predicted = convolution(x[None, None], kernel[None, None])[0, 0]
        loss = F.mse_loss(predicted, y)
        kernels.append(kernel)
        losses.append(loss)
        (grad,) = torch.autograd.grad(loss, kernel, create_graph=True)
        kernel = kernel - lr * grad
    return torch.stack(kernels), torch.stack(losses)
