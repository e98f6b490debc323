"""Tensors in order, and the greatest elements of them."""

from functools import cmp_to_key

import numpy as np

from reference.arguments import along


def sort(
    input: np.ndarray, *, dim: int, descending: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Put the elements along an axis in order, equals in the order they are in.

        y[k] = x[order[k]],    y[0] ≤ y[1] ≤ …, or ≥ if descending
        A NaN is greater than all else. This is torch.sort with stable=True; without
        it, which of equals comes first is not defined.

    Shapes:
        input    any number of axes
        results  values, input's dtype, and order, int64, both as input

    Raises:
        ValueError: dim is not an axis of input.

    Source: Knuth, "The Art of Computer Programming", volume 3; NaN: NumPy's
        documentation of numpy.sort.
    """
    rows = along(input, dim)
    values, order = np.zeros(rows.shape, input.dtype), np.zeros(rows.shape, np.int64)
    for n in np.ndindex(rows.shape[:-1]):
        order[n] = _order(rows[n], descending)
        for k in range(rows.shape[-1]):
            values[*n, k] = rows[*n, order[*n, k]]
    return np.moveaxis(values, -1, dim), np.moveaxis(order, -1, dim)


def topk(
    input: np.ndarray, *, k: int, dim: int, largest: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Take the k greatest or least elements along an axis, the most extreme first.

        values = the first k of sort(input), descending if largest
        Of equals the first come first: a choice, PyTorch promises none. Compare only
        the values where elements tie.

    Shapes:
        input    any number of axes
        results  values, input's dtype, and indices, int64: input's axes, k along dim

    Raises:
        ValueError: dim is not an axis of input, or k is not in [0, its size].

    Source: PyTorch's documentation of torch.topk.
    """
    size = along(input, dim).shape[-1]
    if not 0 <= k <= size:
        raise ValueError(f"k is {k}; it must be in [0, {size}]")
    values, order = sort(input, dim=dim, descending=largest)
    first = np.arange(k)
    return values.take(first, dim), order.take(first, dim)


def topk_values(input: np.ndarray, *, k: int, dim: int, largest: bool) -> np.ndarray:
    """Take the values of `topk` alone, which do not depend on the order of equals.

    Shapes:
        input   any number of axes
        result  input's axes, k along dim

    Raises:
        ValueError: as of `topk`.

    Source: as of `topk`.
    """
    return topk(input, k=k, dim=dim, largest=largest)[0]


def _order(row, descending):
    """Indices of a row in order, by a sort that is stable."""
    sign = -1 if descending else 1

    def compare(i, j):
        x, y = row[i], row[j]
        if x != x or y != y:
            return sign * (int(x != x) - int(y != y))
        return sign * (int(x > y) - int(x < y))

    return sorted(range(len(row)), key=cmp_to_key(compare))
