"""PyTorch's indexing, named as in reference/tensors/indexing.py."""

import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.inputs import given


def select(input: Tensor, *, dim: int, index: int) -> Tensor:
    return torch.select(input, dim, index)


def slice_along(input: Tensor, *, dim: int, start: int, stop: int, step: int) -> Tensor:
    return input.movedim(dim, 0)[start:stop:step].movedim(0, dim)


def slice_along_copied(input: Tensor, **options) -> Tensor:
    """A copy of a slice of what is overwritten after."""
    if input.requires_grad:
        raise NotImplementedError("compiled, what is written to is taken for a view")
    source, copy = given(input), given(torch.zeros_like(slice_along(input, **options)))
    copy[:] = slice_along(source, **options)
    source.zero_()
    return copy


def slice_scatter(
    input: Tensor, src: Tensor, *, dim: int, start: int, stop: int, step: int
) -> Tensor:
    return torch.slice_scatter(input, src, dim, start, stop, step)


def slice_scatter_view(
    input: Tensor, src: Tensor, *, dim: int, start: int, stop: int, step: int
) -> Tensor:
    """A write into a view, which the base shows."""
    base = input.clone()
    base.movedim(dim, 0)[start:stop:step] = src.movedim(dim, 0)
    return base


def slice_scatter_overwritten(input: Tensor, src: Tensor, **options) -> Tensor:
    """Of a tensor that is overwritten after."""
    base = given(input)
    y = slice_scatter(base, src, **options)
    base.zero_()
    return y


def integer_index(input: Tensor, *indices: Tensor) -> Tensor:
    return input[indices]


def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    return torch.masked_select(input, mask)


def masked_select_brackets(input: Tensor, mask: Tensor) -> Tensor:
    return input[mask]


def masked_fill(input: Tensor, mask: Tensor, *, value: float) -> Tensor:
    return input.masked_fill(mask, value)


def masked_fill_brackets(input: Tensor, mask: Tensor, *, value: float) -> Tensor:
    filled = input.clone()
    filled[mask] = value
    return filled


def masked_fill_where(input: Tensor, mask: Tensor, *, value: float) -> Tensor:
    return torch.where(mask, value, input)


def batch_gather(input: Tensor, positions: Tensor) -> Tensor:
    batch = torch.arange(len(input), device=input.device)
    return input[batch[:, None], positions]


def batch_gather_gather(input: Tensor, positions: Tensor) -> Tensor:
    size = input.shape[2:]
    index = positions.view(*positions.shape, *[1] * len(size))
    return torch.gather(input, 1, index.expand(*positions.shape, *size))


def repeat_interleave(input: Tensor, *, repeats: int, dim: int) -> Tensor:
    return torch.repeat_interleave(input, repeats, dim)


def one_hot(input: Tensor, *, num_classes: int) -> Tensor:
    return F.one_hot(input, num_classes)
