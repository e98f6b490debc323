"""NumPy's orders under the names of reference/tensors/selection.py."""

import numpy as np


def sort(
    input: np.ndarray, *, dim: int, descending: bool
) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(input, dim, kind="stable")
    if descending:  # equals keep their order, so what is reversed is sorted twice
        backwards = np.argsort(np.flip(input, dim), dim, kind="stable")
        order = input.shape[dim] - 1 - np.flip(backwards, dim)
    return np.take_along_axis(input, order, dim), order


def topk(
    input: np.ndarray, *, k: int, dim: int, largest: bool
) -> tuple[np.ndarray, np.ndarray]:
    values, order = sort(input, dim=dim, descending=largest)
    return values.take(np.arange(k), dim), order.take(np.arange(k), dim)


def topk_values(input: np.ndarray, *, k: int, dim: int, largest: bool) -> np.ndarray:
    return topk(input, k=k, dim=dim, largest=largest)[0]
