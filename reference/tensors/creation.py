"""Tensors made anew, and of other kinds of numbers."""

import math
from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least


def tensor_of(*, data: Sequence) -> np.ndarray:
    """Make a tensor of lists of whole numbers within lists.

        y[i, j, …] = data[i][j]…;  a number alone has no axes

    Shapes: result has an axis for each level of lists; int64.

    Raises:
        ValueError: lists of one level differ in length.

    Source: PyTorch's documentation of torch.tensor.
    """
    size = _size(data)
    y = np.zeros(size, np.int64)
    for i in np.ndindex(*size):
        number = data
        for k in i:
            number = number[k]
        y[i] = number
    return y


def new_full(
    input: np.ndarray, *, size: Sequence[int], fill_value: float
) -> np.ndarray:
    """Make a tensor of one number: zeros and ones are 0 and 1.

        y[i] = fill_value

    Shapes:
        input   any: what the result is like
        result  size, input's dtype

    Raises:
        ValueError: a size is below 0.

    Source: PyTorch's documentation of torch.Tensor.new_full, torch.zeros_like.
    """
    check_least(0, **{f"size[{k}]": n for k, n in enumerate(size)})
    y = np.zeros(size, input.dtype)
    for i in np.ndindex(*size):
        y[i] = fill_value
    return y


def eye(*, n: int, m: int) -> np.ndarray:
    """Make a matrix with 1 on its diagonal, and 0 elsewhere.

        y[i, j] = 1 if i = j, else 0

    Shapes: result (n, m), ints.

    Raises:
        ValueError: n or m is below 0.

    Source: PyTorch's documentation of torch.eye.
    """
    check_least(0, n=n, m=m)
    y = np.zeros((n, m), np.int64)
    for i in range(min(n, m)):
        y[i, i] = 1
    return y


def arange(*, start: int, end: int, step: int) -> np.ndarray:
    """List the numbers from start on, step apart, that come before end.

        y[k] = start + k · step,    k < ⌈(end − start) / step⌉

    Shapes: result (count), ints.

    Raises:
        ValueError: step is 0, or leads away from end.

    Source: PyTorch's documentation of torch.arange.
    """
    if step == 0 or (end - start) * step < 0:
        raise ValueError(f"step is {step}; it must lead from {start} to {end}")
    count = math.ceil((end - start) / step)
    return np.array([start + k * step for k in range(count)], np.int64)


def to_int(input: np.ndarray) -> np.ndarray:
    """Drop the fraction of numbers: towards 0, not down.

        y[i] = ⌊x[i]⌋ if x[i] ≥ 0, else ⌈x[i]⌉
        NaN, and numbers beyond int64, have no whole number: what becomes of them is
        not defined.

    Shapes: input and result (*size), any; result int64.

    Source: PyTorch's documentation of torch.Tensor.to; C, on conversions.
    """
    y = np.zeros(input.shape, np.int64)
    for i in np.ndindex(input.shape):
        y[i] = math.floor(input[i]) if input[i] >= 0 else math.ceil(input[i])
    return y


def type_as(input: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Turn whole numbers into floating ones: exact up to 2⁵³ in float64.

        y[i] = input[i], rounded to what there is

    Shapes:
        input   any, ints
        other   any, of the dtype to turn them into
        result  as input, other's dtype

    Source: PyTorch's documentation of torch.Tensor.type_as.
    """
    y = np.zeros(input.shape, other.dtype)
    for i in np.ndindex(input.shape):
        y[i] = input[i]
    return y


def _size(data) -> tuple[int, ...]:
    """The sizes of lists within lists."""
    if not isinstance(data, Sequence):
        return ()
    sizes = {_size(part) for part in data}
    if len(sizes) > 1:
        raise ValueError(f"lists have sizes {sorted(sizes)}; they must have the same")
    return len(data), *(sizes.pop() if sizes else ())
