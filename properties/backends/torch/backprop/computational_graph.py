"""Graphs of torch's tensors, and its autograd."""

import operator

import torch
from torch import Tensor

STEPS = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "max": torch.maximum,
    "neg": operator.neg,
    "exp": torch.exp,
    "tanh": torch.tanh,
    "square": torch.square,
    "detach": Tensor.detach,
}


def _graph(leaves: Tensor, nodes: tuple[tuple, ...], cut=Tensor.detach) -> Tensor:
    values = [*leaves.unbind()]
    for kind, *parents in nodes:
        step = cut if kind == "detach" else STEPS[kind]
        values.append(step(*[values[parent] for parent in parents]))
    return torch.stack(values)


def _data(number: Tensor) -> Tensor:
    return number.data


def _no_grad(number: Tensor) -> Tensor:
    with torch.no_grad():
        return number * 1


def _backward(leaves: Tensor, upstream: Tensor, **options) -> Tensor:
    leaves = leaves.detach().requires_grad_()
    with torch.enable_grad():
        values = _graph(leaves, **options)
    return torch.autograd.grad(values, leaves, upstream)[0]


def computational_graph(leaves: Tensor, *, nodes: tuple[tuple, ...]) -> Tensor:
    return _graph(leaves, nodes)


def backpropagate(
    leaves: Tensor, upstream: Tensor, *, nodes: tuple[tuple, ...]
) -> Tensor:
    return _backward(leaves, upstream, nodes=nodes)


def backpropagate_data(
    leaves: Tensor, upstream: Tensor, *, nodes: tuple[tuple, ...]
) -> Tensor:
    """Cut the graph by .data."""
    return _backward(leaves, upstream, nodes=nodes, cut=_data)


def backpropagate_no_grad(
    leaves: Tensor, upstream: Tensor, *, nodes: tuple[tuple, ...]
) -> Tensor:
    """Cut the graph by computing where no gradient is kept."""
    return _backward(leaves, upstream, nodes=nodes, cut=_no_grad)


def accumulate_gradients(
    leaves: Tensor,
    *upstreams: Tensor,
    nodes: tuple[tuple, ...],
    zero_grad: bool = False,
) -> Tensor:
    leaves = leaves.detach().requires_grad_()
    optimizer = torch.optim.SGD([leaves])
    for upstream in upstreams:
        if zero_grad:
            optimizer.zero_grad()
        with torch.enable_grad():
            _graph(leaves, nodes).backward(upstream)
    return leaves.grad
