"""Transposed convolution of a stretched input, as NumPy makes it."""

from collections.abc import Sequence

import numpy as np

from properties.backends.numpy.convolution.transposed_convolution import (
    transposed_convolution,
)

transposed_convolution_by_convolution = transposed_convolution


def zero_insert(input: np.ndarray, *, stride: Sequence[int]) -> np.ndarray:
    stretched = [(n - 1) * s + 1 for n, s in zip(input.shape[2:], stride)]
    y = np.zeros((*input.shape[:2], *stretched), input.dtype)
    y[:, :, *[slice(None, None, s) for s in stride]] = input
    return y
