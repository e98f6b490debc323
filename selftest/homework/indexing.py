"""A right implementation of indexing and casts, in NumPy, as a student may write it."""

import numpy as np


def slice_along(input, *, dim, start, stop, step):
    rows = np.moveaxis(input, dim, 0)
    return np.moveaxis(rows[start:stop:step], 0, dim).copy()


def integer_index(input, *indices):
    wide = np.broadcast_arrays(*indices)
    rest = input.shape[len(wide) :]
    rows = input.reshape((-1, *rest)) if input.size else input.reshape((0, *rest))
    sizes = input.shape[: len(wide)]
    places = np.zeros(wide[0].shape, np.int64)
    for index, n in zip(wide, sizes):
        places = places * n + np.where(index < 0, index + n, index)
    return rows[places]


def masked_select(input, mask):
    return input.ravel()[mask.ravel()]


def masked_fill(input, mask, *, value):
    y = input.copy()
    y[mask] = value
    return y


def one_hot(input, *, num_classes):
    return (input[..., None] == np.arange(num_classes)).astype(np.int64)


def repeat_interleave(input, *, repeats, dim):
    return np.repeat(input, repeats, axis=dim)


def flatten(input, *, start_dim, end_dim):
    if input.ndim == 0:
        return input.reshape(1)
    first, last = start_dim % input.ndim, end_dim % input.ndim
    count = int(np.prod(input.shape[first : last + 1]))
    return input.reshape(*input.shape[:first], count, *input.shape[last + 1 :]).copy()


def permute(input, *, dims):
    return np.transpose(input, dims).copy()


def to_int(input):
    return np.trunc(input).astype(np.int64)


def arange(*, start, end, step):
    count = max(0, -(-(end - start) // step))
    return start + step * np.arange(count)
