"""PyTorch's products under the names of reference/tensors/products.py."""

import torch
from torch import Tensor


def dot(input: Tensor, tensor: Tensor) -> Tensor:
    return torch.dot(input, tensor)


def dot_strided(input: Tensor, tensor: Tensor) -> Tensor:
    return torch.dot(strided(input), strided(tensor))


def mv(input: Tensor, vec: Tensor) -> Tensor:
    return torch.mv(input, vec)


def mm(input: Tensor, mat2: Tensor) -> Tensor:
    return torch.mm(input, mat2)


def mm_transposed(input: Tensor, mat2: Tensor) -> Tensor:
    return torch.mm(transposed(input), transposed(mat2))


def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float, alpha: float
) -> Tensor:
    return torch.addmm(input, mat1, mat2, beta=beta, alpha=alpha)


def addmm_transposed(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float, alpha: float
) -> Tensor:
    mats = transposed(mat1), transposed(mat2)
    return torch.addmm(input, *mats, beta=beta, alpha=alpha)


def addmv(
    input: Tensor, mat: Tensor, vec: Tensor, *, beta: float, alpha: float
) -> Tensor:
    return torch.addmv(input, mat, vec, beta=beta, alpha=alpha)


def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    return torch.bmm(input, mat2)


def baddbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float, alpha: float
) -> Tensor:
    return torch.baddbmm(input, batch1, batch2, beta=beta, alpha=alpha)


def baddbmm_transposed(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float, alpha: float
) -> Tensor:
    batches = transposed(batch1), transposed(batch2)
    return torch.baddbmm(input, *batches, beta=beta, alpha=alpha)


def matmul(input: Tensor, other: Tensor) -> Tensor:
    return torch.matmul(input, other)


def matmul_strided(input: Tensor, other: Tensor) -> Tensor:
    return torch.matmul(strided(input), strided(other))


def transposed(input: Tensor) -> Tensor:
    """The same matrices, stored column after column."""
    return input.mT.contiguous().mT


def strided(input: Tensor) -> Tensor:
    """The same numbers, two places apart."""
    return torch.stack([input, torch.ones_like(input)], -1)[..., 0]
