"""PyTorch's pointwise operations: as functions, methods, operators, and in place."""

import operator

import torch
from torch import Tensor

OPERATORS = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
}


def elementwise(input: Tensor, *, function: str) -> Tensor:
    return getattr(torch, function)(input)


def elementwise_inplace(input: Tensor, *, function: str) -> Tensor:
    return getattr(input.clone(), f"{function}_")()


def elementwise_strided(input: Tensor, *, function: str) -> Tensor:
    """Of numbers that are not side by side, as in a column of a matrix."""
    return getattr(torch.stack([input, input], -1)[..., 0], function)()


def elementwise2(input: Tensor, other: Tensor, *, function: str) -> Tensor:
    return getattr(torch, function)(input, other)


def elementwise2_inplace(input: Tensor, other: Tensor, *, function: str) -> Tensor:
    if torch.broadcast_shapes(input.shape, other.shape) != input.shape:
        raise NotImplementedError("what is changed in place keeps its shape")
    return getattr(input.clone(), f"{function}_")(other)


def elementwise2_operator(input: Tensor, other: Tensor, *, function: str) -> Tensor:
    return OPERATORS[function](input, other)
