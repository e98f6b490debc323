"""Linear layers whose weights are on several workers."""

import numpy as np

from reference.classification.softmax_regression import linear
from reference.tensors.joining import cat, tensor_split


def column_parallel_linear(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    workers: int,
) -> np.ndarray:
    """Give each worker a part of the outputs, and put those side by side.

        y = [y_0, y_1, …],   y_r = linear(x, W_r, b_r)
        W_r are the rows of worker r, of weight as torch has it: columns of what the
        input is multiplied by, whence the name. Every worker reads all of x.

    Shapes:
        input   (*batch, in_features)
        weight  (out_features, in_features)
        bias    (out_features), or None for zeros
        result  (*batch, out_features), input's dtype

    Raises:
        ValueError: as `linear`, or workers below 1.

    Source: Shoeybi et al., "Megatron-LM" (arXiv:1909.08053).
    """
    rows = tensor_split(weight, sections=workers, dim=0)
    shifts = [None] * workers
    if bias is not None:
        shifts = tensor_split(bias, sections=workers, dim=0)
    parts = [linear(input, row, shift) for row, shift in zip(rows, shifts)]
    return cat(*parts, dim=-1)


def row_parallel_linear(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    workers: int,
) -> np.ndarray:
    """Give each worker a part of the inputs, and add up what they make of them.

        y = b + Σ_r linear(x_r, W_r)
        x_r and the columns W_r are those of worker r, of weight as torch has it. The
        bias is added once, not by every worker.

    Shapes:
        input   (*batch, in_features)
        weight  (out_features, in_features)
        bias    (out_features), or None for zeros
        result  (*batch, out_features), input's dtype

    Raises:
        ValueError: as `linear`, or workers below 1.

    Source: Shoeybi et al., "Megatron-LM" (arXiv:1909.08053).
    """
    columns = tensor_split(weight, sections=workers, dim=1)
    inputs = tensor_split(input, sections=workers, dim=-1)
    y = linear(inputs[0], columns[0], bias)
    for x, column in zip(inputs[1:], columns[1:]):
        y = y + linear(x, column)
    return y
