"""Functions of two slopes as torch has them, also in place and on strided tensors."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def relu(input: Tensor) -> Tensor:
    return F.relu(input)


def relu_inplace(input: Tensor) -> Tensor:
    return F.relu_(input.clone())


def relu_strided(input: Tensor) -> Tensor:
    return F.relu(torch.stack([input, input], -1)[..., 0])


def leaky_relu(input: Tensor, *, negative_slope: float) -> Tensor:
    return F.leaky_relu(input, negative_slope)


def leaky_relu_inplace(input: Tensor, *, negative_slope: float) -> Tensor:
    if negative_slope < 0:
        raise NotImplementedError("its gradient raises an error that says so")
    return F.leaky_relu_(input.clone(), negative_slope)


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    return F.prelu(input, weight)


def prelu_module(input: Tensor, weight: Tensor) -> Tensor:
    module = nn.PReLU(len(weight), device=weight.device, dtype=weight.dtype)
    return torch.func.functional_call(module, {"weight": weight}, (input,))


def prelu_channels_last(input: Tensor, weight: Tensor) -> Tensor:
    if input.ndim < 2:
        raise NotImplementedError("there are no channels to be last")
    return F.prelu(input.movedim(1, -1).contiguous().movedim(-1, 1), weight)
