"""Normalization of each token by its own mean and variance."""

import math
from collections.abc import Sequence

import numpy as np


def layer_norm(
    input: np.ndarray,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> np.ndarray:
    """Give the last axes of each sample mean 0 and variance 1, then an affine map.

        y[n, i] = (x[n, i] − mean[n]) / √(var[n] + eps) · weight[i] + bias[i]
        mean[n] = Σ_i x[n, i] / N,   var[n] = Σ_i (x[n, i] − mean[n])² / N
        i goes through the N places of normalized_shape, n through what is before it.
        The variance is biased, and eps is under the root, as in the paper and in
        frameworks; some tutorials divide by N − 1, and add eps to the root.

    Shapes:
        input   (*batch, *normalized_shape)
        weight  normalized_shape, or None for ones
        bias    normalized_shape, or None for zeros
        result  as input, input's dtype

    Raises:
        ValueError: normalized_shape is empty or not the shape of input's last axes,
            weight or bias has another shape, or eps is negative.

    Source: Ba, Kiros and Hinton, "Layer Normalization" (arXiv:1607.06450); eps as in
        PyTorch's documentation of torch.nn.LayerNorm.
    """
    shape = tuple(normalized_shape)
    if not shape or input.shape[-len(shape) :] != shape:
        raise ValueError(
            f"normalized_shape is {shape}; it must be that of the last axes of "
            f"input, which has shape {input.shape}"
        )
    for name, tensor in {"weight": weight, "bias": bias}.items():
        if tensor is not None and tensor.shape != shape:
            raise ValueError(f"{name} has shape {tensor.shape}; it must be {shape}")
    if eps < 0:
        raise ValueError(f"eps is {eps}; it must not be negative")

    batch, size = input.shape[: -len(shape)], math.prod(shape)
    rows = input.reshape(math.prod(batch), size)
    y = np.zeros(rows.shape, input.dtype)
    for n, row in enumerate(rows if size else []):
        mean = sum(row) / size
        # Not E[x²] − mean², which cancels where the mean is large.
        deviations = [x - mean for x in row]
        deviation = np.sqrt(sum(d * d for d in deviations) / size + eps)
        for i, d in enumerate(deviations):
            scaled = d / deviation
            if weight is not None:
                scaled = scaled * weight.flat[i]
            y[n, i] = scaled if bias is None else scaled + bias.flat[i]
    return y.reshape(input.shape)
