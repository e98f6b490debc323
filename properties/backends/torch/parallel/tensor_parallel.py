import torch
import torch.nn.functional as F
from torch import Tensor


def column_parallel_linear(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, *, workers: int
) -> Tensor:
    rows = weight.tensor_split(workers)
    shifts = [None] * workers if bias is None else bias.tensor_split(workers)
    parts = [F.linear(input, row, shift) for row, shift in zip(rows, shifts)]
    return torch.cat(parts, dim=-1)


def row_parallel_linear(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, *, workers: int
) -> Tensor:
    inputs = input.tensor_split(workers, dim=-1)
    columns = weight.tensor_split(workers, dim=1)
    total = sum(F.linear(x, column) for x, column in zip(inputs, columns))
    return total if bias is None else total + bias
