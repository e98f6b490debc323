"""Sums, means, extremes, and where extremes are, along axes of a tensor."""

import math

import numpy as np


def tensor_sum(
    input: np.ndarray, *, dim: int | tuple[int, ...] | None, keepdim: bool
) -> np.ndarray:
    """Add up all elements along some axes, torch.sum.

        y[n] = Σ_k input[n, k],    k along dim; of no elements, 0

    Shapes:
        input   any number of axes; one without axes has a dim 0 to be added along
        result  input's axes without those of dim, or with 1 in their place if
                keepdim; input's dtype, or int64 of whole numbers and truths
        dim     one axis, several, or None for all

    Raises:
        ValueError: dim is not an axis of input, or has one twice.

    Source: PyTorch's documentation of torch.sum.
    """
    rows, shape = _rows(input, dim, keepdim)
    y = np.zeros(
        rows.shape[:-1], np.int64 if input.dtype.kind in "biu" else input.dtype
    )
    for *n, k in np.ndindex(rows.shape):
        y[*n] += rows[*n, k]
    return y.reshape(shape)


def tensor_mean(
    input: np.ndarray, *, dim: int | tuple[int, ...] | None, keepdim: bool
) -> np.ndarray:
    """Average all elements along some axes, torch.mean.

        y[n] = Σ_k input[n, k] / K,    k along dim, K elements; of none, 0/0, NaN

    Shapes:
        as of `tensor_sum`, input's dtype

    Raises:
        ValueError: as of `tensor_sum`, or input has whole numbers.

    Source: PyTorch's documentation of torch.mean.
    """
    if input.dtype.kind in "biu":
        raise ValueError(f"input has dtype {input.dtype}; it must be floating")
    rows, shape = _rows(input, dim, keepdim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        y[n] = sum(rows[n]) / rows.shape[-1] if rows.shape[-1] else math.nan
    return y.reshape(shape)


def amax(
    input: np.ndarray, *, dim: int | tuple[int, ...] | None, keepdim: bool
) -> np.ndarray:
    """Take the greatest element along some axes; NaN, if there is one.

        y[n] = max_k input[n, k],    k along dim
        Its derivative is shared evenly by all elements that are as great.

    Shapes:
        as of `tensor_sum`, input's dtype

    Raises:
        ValueError: as of `tensor_sum`, or no elements are along dim.

    Source: PyTorch's documentation of torch.amax.
    """
    return _extremes(input, dim, keepdim, _is_greater)


def amin(
    input: np.ndarray, *, dim: int | tuple[int, ...] | None, keepdim: bool
) -> np.ndarray:
    """Take the least element along some axes; NaN, if there is one.

        y[n] = min_k input[n, k],    otherwise as `amax`

    Shapes:
        as of `tensor_sum`, input's dtype

    Raises:
        ValueError: as of `amax`.

    Source: PyTorch's documentation of torch.amin.
    """
    return _extremes(input, dim, keepdim, _is_less)


def argmax(input: np.ndarray, *, dim: int | None, keepdim: bool) -> np.ndarray:
    """Say where the greatest element along an axis is: the first of equals.

        y[n] = the least k with input[n, k] = max_l input[n, l]
        A NaN is greater than all else. PyTorch does not promise the first of equals
        ("any may be returned"), but its CPU kernels and NumPy choose it.

    Shapes:
        input   any number of axes
        result  as of `tensor_sum`, int64
        dim     one axis, or None: an index into the flattened input

    Raises:
        ValueError: as of `amax`.

    Source: NumPy's documentation of numpy.argmax.
    """
    return _places(input, dim, keepdim, _is_greater)


def argmin(input: np.ndarray, *, dim: int | None, keepdim: bool) -> np.ndarray:
    """Say where the least element along an axis is: the first of equals.

        y[n] = the least k with input[n, k] = min_l input[n, l]
        A NaN is less than all else; ties are as in `argmax`.

    Shapes:
        as of `argmax`

    Raises:
        ValueError: as of `amax`.

    Source: NumPy's documentation of numpy.argmin.
    """
    return _places(input, dim, keepdim, _is_less)


def max_along(
    input: np.ndarray, *, dim: int, keepdim: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Take the greatest element along an axis, and where it is: torch.max with dim.

        y[n] = input[n, k[n]],    k = argmax(input)
        The whole derivative goes to that one element, unlike that of `amax`.

    Shapes:
        input    any number of axes
        results  values, input's dtype, and indices, int64, as of `argmax`

    Raises:
        ValueError: as of `amax`.

    Source: PyTorch's documentation of torch.max.
    """
    return _with_places(input, dim, keepdim, _is_greater)


def min_along(
    input: np.ndarray, *, dim: int, keepdim: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Take the least element along an axis, and where it is: torch.min with dim.

        y[n] = input[n, k[n]],    k = argmin(input),    otherwise as `max_along`

    Shapes:
        as of `max_along`

    Raises:
        ValueError: as of `amax`.

    Source: PyTorch's documentation of torch.min.
    """
    return _with_places(input, dim, keepdim, _is_less)


def _rows(input, dim, keepdim):
    """View input as rows along dim, and give the shape of what is reduced."""
    count = max(input.ndim, 1)
    dims = range(count) if dim is None else (dim,) if isinstance(dim, int) else dim
    if any(not -count <= d < count for d in dims):
        raise ValueError(f"dim is {dim}; input has {input.ndim} axes")
    axes = [d % count for d in dims]
    if len({*axes}) < len(axes):
        raise ValueError(f"dim is {dim}; an axis is in it twice")
    if input.ndim == 0:
        return input.reshape(1), ()
    kept = [axis for axis in range(input.ndim) if axis not in axes]
    sizes = [input.shape[axis] for axis in kept]
    length = math.prod(input.shape[axis] for axis in axes)
    ones = [1 if a in axes else size for a, size in enumerate(input.shape)]
    rows = input.transpose(*kept, *sorted(axes)).reshape(*sizes, length)
    return rows, tuple(ones if keepdim else sizes)


def _is_greater(number, other):
    return number > other


def _is_less(number, other):
    return number < other


def _best(row, is_better):
    """The index of the best of a row: of its first NaN, if it has one."""
    best = 0
    for k in range(len(row)):
        if row[k] != row[k]:
            return k
        if is_better(row[k], row[best]):
            best = k
    return best


def _checked_rows(input, dim, keepdim):
    rows, shape = _rows(input, dim, keepdim)
    if rows.shape[-1] == 0:
        raise ValueError(f"input has shape {input.shape}; dim {dim} has no elements")
    return rows, shape


def _places(input, dim, keepdim, is_better):
    rows, shape = _checked_rows(input, dim, keepdim)
    places = np.zeros(rows.shape[:-1], np.int64)
    for n in np.ndindex(places.shape):
        places[n] = _best(rows[n], is_better)
    return places.reshape(shape)


def _with_places(input, dim, keepdim, is_better):
    rows, shape = _checked_rows(input, dim, keepdim)
    places = _places(input, dim, False, is_better).reshape(rows.shape[:-1])
    values = np.zeros(places.shape, input.dtype)
    for n in np.ndindex(values.shape):
        values[n] = rows[*n, places[n]]
    return values.reshape(shape), places.reshape(shape)


def _extremes(input, dim, keepdim, is_better):
    rows, shape = _checked_rows(input, dim, keepdim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        best = rows[*n, _best(rows[n], is_better)]
        equals = [x for x in rows[n] if x == best]
        y[n] = best
        if len(equals) > 1 and abs(best) < math.inf:
            # zero, but for its derivative: 1 − 1 + 1/K of the first of K, 1/K of others
            y[n] += sum(x - best for x in equals) / len(equals)
    return y.reshape(shape)
