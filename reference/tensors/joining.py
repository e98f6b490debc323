"""Tensors put together, and taken apart."""

import math
from itertools import accumulate, pairwise

import numpy as np

from reference.arguments import along, check_least


def cat(*tensors: np.ndarray, dim: int) -> np.ndarray:
    """Put tensors one after the other along an axis that they have.

        y[…, s + k, …] = tensors[t][…, k, …],    s = Σ_(u < t) size of tensors[u]

    Shapes:
        tensors  the same but for their sizes along dim, of one dtype
        result   the sum of these sizes along dim, the same dtype

    Raises:
        ValueError: there is no tensor, dim is not an axis, or shapes differ elsewhere.

    Source: PyTorch's documentation of torch.cat.
    """
    if not tensors:
        raise ValueError("there are no tensors; there must be at least one")
    rows = [along(tensor, dim) for tensor in tensors]
    for row in rows:
        if row.shape[:-1] != rows[0].shape[:-1]:
            shapes = [tensor.shape for tensor in tensors]
            raise ValueError(
                f"tensors have shapes {shapes}; all but dim {dim} must agree"
            )
    sizes = [row.shape[-1] for row in rows]
    y = np.zeros((*rows[0].shape[:-1], sum(sizes)), tensors[0].dtype)
    for row, start in zip(rows, accumulate([0, *sizes])):
        for k in range(row.shape[-1]):
            y[..., start + k] = row[..., k]
    return np.moveaxis(y, -1, dim)


def stack(*tensors: np.ndarray, dim: int) -> np.ndarray:
    """Put tensors of one shape one after the other along a new axis.

        y[…, t, …] = tensors[t][…],    t at axis dim of the result

    Shapes:
        tensors  the same
        result   one axis more, of as many as there are tensors

    Raises:
        ValueError: there is no tensor, shapes differ, or dim is not an axis of the
            result.

    Source: PyTorch's documentation of torch.stack.
    """
    if len({tensor.shape for tensor in tensors}) != 1:
        shapes = [tensor.shape for tensor in tensors]
        raise ValueError(f"tensors have shapes {shapes}; there must be one shape")
    axes = tensors[0].ndim + 1
    if not -axes <= dim < axes:
        raise ValueError(f"dim is {dim}; the result has {axes} axes")
    y = np.zeros((*tensors[0].shape, len(tensors)), tensors[0].dtype)
    for t, tensor in enumerate(tensors):
        y[..., t] = tensor
    return np.moveaxis(y, -1, dim)


def chunk(input: np.ndarray, *, chunks: int, dim: int) -> tuple[np.ndarray, ...]:
    """Take a tensor apart into pieces of one size, the last of what is left.

        size = ⌈n / chunks⌉,    the pieces are those of `split`
        There may be fewer than chunks pieces: 5 in 4 chunks are 2, 2 and 1. Of an
        axis of size 0 there are chunks empty pieces.

    Shapes:
        input    any number of axes
        results  as input, but for dim

    Raises:
        ValueError: dim is not an axis of input, or chunks is below 1.

    Source: PyTorch's documentation of torch.chunk.
    """
    check_least(1, chunks=chunks)
    n = along(input, dim).shape[-1]
    if n == 0:
        return _pieces(input, [0] * (chunks + 1), dim)
    return split(input, split_size=math.ceil(n / chunks), dim=dim)


def split(input: np.ndarray, *, split_size: int, dim: int) -> tuple[np.ndarray, ...]:
    """Take a tensor apart into pieces of a given size, the last of what is left.

        piece[t][…, k, …] = input[…, t · split_size + k, …]
        Of an axis of size 0 there is one piece, which is empty.

    Shapes:
        input    any number of axes
        results  as input, but for dim: split_size, or less of the last

    Raises:
        ValueError: dim is not an axis of input, or split_size is below 1.

    Source: PyTorch's documentation of torch.split.
    """
    check_least(1, split_size=split_size)
    n = along(input, dim).shape[-1]
    return _pieces(input, [*range(0, max(n, 1), split_size), n], dim)


def tensor_split(
    input: np.ndarray, *, sections: int, dim: int
) -> tuple[np.ndarray, ...]:
    """Take a tensor apart into so many pieces, as even as can be.

        n = q · sections + r:  r pieces of q + 1, then sections − r of q

    Shapes:
        input    any number of axes
        results  as input, but for dim

    Raises:
        ValueError: dim is not an axis of input, or sections is below 1.

    Source: PyTorch's documentation of torch.tensor_split.
    """
    check_least(1, sections=sections)
    q, r = divmod(along(input, dim).shape[-1], sections)
    sizes = [q + 1] * r + [q] * (sections - r)
    return _pieces(input, [*accumulate([0, *sizes])], dim)


def _pieces(input, borders, dim):
    """Copies of what is between borders along an axis."""
    rows = along(input, dim)
    return tuple(
        np.moveaxis(rows[..., start:end].copy(), -1, dim)
        for start, end in pairwise(borders)
    )
