"""PyTorch's operations on one example, mapped over a batch by torch.func.vmap.

The batch is of three, the example that was asked for in the middle. What operations
there are for numbers of one example has to hold for each of several: the tensors are
mapped all together, the first alone, or all but the first, which the rules by which
vmap batches an operation tell apart; along their first or their last axis. Floating
tensors are, or also indices, masks and targets, which are the same in all three.
"""

from collections.abc import Callable, Sequence
from functools import wraps

import torch
from torch import Tensor

from properties.backends.torch_modes import every

LIMITS = (
    *("vmap", "Batching rule not implemented", "function being transformed"),
    *("output with shape", "were not batched", "The shape of the mask"),
    "Cannot access data pointer",
)
"""What vmap refuses says so: data-dependent control flow and shapes, random numbers,
writing what varies into what does not, gradients of its own, and data as numbers
(docs.pytorch.org/docs/2.13/func.ux_limitations.html)."""


def changed(function: Callable) -> Callable:
    @wraps(function)
    def call(*tensors, **options):
        mapped, axis = mapping(tensors)
        batches = [batch(t, axis) if m else t for t, m in zip(tensors, mapped)]
        axes = tuple(axis if m else None for m in mapped)
        try:
            results = torch.func.vmap(
                lambda *examples: function(*examples, **options), in_dims=axes
            )(*batches)
        except (RuntimeError, IndexError) as error:
            if any(limit in str(error) for limit in LIMITS):
                raise NotImplementedError(str(error)) from error
            raise
        if isinstance(results, tuple):
            return tuple(result[1] for result in results)
        return results[1]

    return call


def mapping(tensors: Sequence[Tensor | None]) -> tuple[list[bool], int]:
    """Which tensors are mapped, and along which axis: by their sizes.

    Raises:
        NotImplementedError: there is none.
    """
    floating = [t is not None and t.is_floating_point() for t in tensors]
    if not any(floating):
        raise NotImplementedError("there is nothing to map over")
    size = sum(t.numel() for t in tensors if t is not None)
    first = floating.index(True)
    only = [i == first for i in range(len(floating))]
    others = [f and not o for f, o in zip(floating, only)]
    given = [t is not None for t in tensors]
    choices = [floating, only, others if any(others) else floating, given]
    return choices[size % 4], -(size // 4 % 2)


def batch(tensor: Tensor, axis: int) -> Tensor:
    """The tensor between two others, of half its numbers: as valid as it is.

    They are finite: what is not, times their weight in the gradient, 0, would be NaN.
    """
    stranger = tensor.detach()
    if tensor.is_floating_point():
        stranger = torch.nan_to_num(stranger / 2, 0.5, 0.5, -0.5)
    return torch.stack([stranger, tensor, stranger], axis)


globals().update(every(changed))


def wide(device: str) -> list[str]:
    """None: its rules add a bias, or multiply by a weight, in steps of their own."""
    return []
