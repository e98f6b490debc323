"""A convolution's kernel, learned with torch."""

import torch
import torch.nn.functional as F
from torch import Tensor


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
