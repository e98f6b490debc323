"""A right implementation of tensor operations, in NumPy, as a student may write it."""

import numpy as np


def matmul(input, other):
    left = input[None, :] if input.ndim == 1 else input
    right = other[:, None] if other.ndim == 1 else other
    y = np.einsum("...ij,...jk->...ik", left, right)
    if other.ndim == 1:
        y = y[..., 0]
    if input.ndim == 1:
        y = y[..., 0] if other.ndim == 1 else y[..., 0, :]
    return y


def addmm(input, mat1, mat2, *, beta, alpha):
    y = alpha * (mat1 @ mat2)
    if beta != 0:
        y = y + beta * input
    return y


def tensor_sum(input, *, dim, keepdim):
    if input.ndim == 0:
        return input + (0 if input.dtype.kind == "f" else np.int64(0))
    axes = tuple(range(input.ndim)) if dim is None else dim
    kind = input.dtype if input.dtype.kind == "f" else np.int64
    return np.add.reduce(input, axis=axes, keepdims=keepdim, dtype=kind)


def argmax(input, *, dim, keepdim):
    if input.ndim == 0:
        return np.int64(0)
    if dim is None:
        place = np.argmax(input.reshape(-1))
        return place.reshape((1,) * input.ndim) if keepdim else place
    places = np.argmax(input, axis=dim)
    return np.expand_dims(places, dim) if keepdim else places


def topk(input, *, k, dim, largest):
    rows = np.moveaxis(input, dim, -1)
    order = np.argsort(-rows if largest else rows, axis=-1, kind="stable")[..., :k]
    values = np.take_along_axis(rows, order, -1)
    return np.moveaxis(values, -1, dim), np.moveaxis(order, -1, dim)


def chunk(input, *, chunks, dim):
    n = input.shape[dim]
    rows = np.moveaxis(input, dim, 0)
    if n == 0:
        return (input,) * chunks
    size = -(-n // chunks)
    pieces = [rows[start : start + size] for start in range(0, n, size)]
    return tuple(np.moveaxis(piece, 0, dim) for piece in pieces)
