"""Shapes and orders of the same numbers, in memory row after row."""

import math
from collections.abc import Sequence

import numpy as np

from reference.arguments import along


def view(input: np.ndarray, *, shape: Sequence[int]) -> np.ndarray:
    """Read the same numbers, in reading order, as a tensor of another shape.

        the k-th number of y = the k-th number of input;  one −1 is what is left over

    Shapes:
        input   any
        result  shape, with a number in the place of −1; input's dtype

    Raises:
        ValueError: the sizes do not multiply to how many numbers there are, there
            are two −1, or one beside a 0.

    Source: PyTorch's documentation of torch.Tensor.view.
    """
    known = math.prod(size for size in shape if size != -1)
    inferred = [*shape].count(-1)
    if inferred > 1 or min(shape, default=0) < -1 or (inferred and not known):
        raise ValueError(f"shape is {shape}; one −1 at most, and not beside a 0")
    if (input.size % known if inferred else input.size != known) != 0:
        raise ValueError(f"shape is {shape}; there are {input.size} numbers")
    sizes = [input.size // known if size == -1 else size for size in shape]
    y = np.zeros(sizes, input.dtype)
    for to, of in zip(np.ndindex(*sizes), np.ndindex(input.shape)):
        y[to] = input[of]
    return y


def flatten(input: np.ndarray, *, start_dim: int, end_dim: int) -> np.ndarray:
    """Make one axis of several that follow each other.

        y[…, (i · n + j) · m + k, …] = input[…, i, j, k, …],    j < n, k < m

    Shapes:
        input   any number of axes
        result  start_dim to end_dim in one; input's dtype; one axis if there was none

    Raises:
        ValueError: one is not an axis of input, or end_dim comes first.

    Source: PyTorch's documentation of torch.flatten.
    """
    axes = max(input.ndim, 1)
    if not (-axes <= start_dim < axes and -axes <= end_dim < axes):
        raise ValueError(
            f"dims are {start_dim}, {end_dim}; input has {input.ndim} axes"
        )
    first, last = start_dim % axes, end_dim % axes
    if first > last:
        raise ValueError(f"start_dim is {start_dim}, behind end_dim, {end_dim}")
    middle = math.prod(input.shape[first : last + 1])
    return view(input, shape=(*input.shape[:first], middle, *input.shape[last + 1 :]))


def permute(input: np.ndarray, *, dims: Sequence[int]) -> np.ndarray:
    """Put the axes in another order.

        y[i[dims[0]], i[dims[1]], …] = input[i[0], i[1], …]

    Shapes:
        input   any number of axes
        result  size input.shape[dims[k]] at axis k, input's dtype

    Raises:
        ValueError: dims do not have each axis once.

    Source: PyTorch's documentation of torch.permute.
    """
    axes = [dim % input.ndim for dim in dims if -input.ndim <= dim < input.ndim]
    if sorted(axes) != [*range(input.ndim)] or len(axes) != len(dims):
        raise ValueError(
            f"dims are {dims}; they must be each of {input.ndim} axes once"
        )
    y = np.zeros([input.shape[axis] for axis in axes], input.dtype)
    for i in np.ndindex(input.shape):
        y[tuple(i[axis] for axis in axes)] = input[i]
    return y


def transpose(input: np.ndarray, *, dim0: int, dim1: int) -> np.ndarray:
    """Swap two axes; of a matrix this is its transpose, t.

        y[…, j, …, i, …] = input[…, i, …, j, …]

    Shapes:
        input   any number of axes
        result  with dim0 and dim1 swapped, input's dtype

    Raises:
        ValueError: one is not an axis of input.

    Source: PyTorch's documentation of torch.transpose.
    """
    for dim in (dim0, dim1):
        along(input, dim)
    dims = [*range(input.ndim)]
    dims[dim0], dims[dim1] = dims[dim1], dims[dim0]
    return permute(input, dims=dims)


def contiguous_strides(*, size: Sequence[int]) -> tuple[int, ...]:
    """Count how far apart neighbours along each axis are, row after row in memory.

        stride[k] = size[k + 1] · size[k + 2] · …, each of them 1 at least

    Shapes: result has one number for each axis.

    Units: numbers, not bytes.

    Source: PyTorch's documentation of torch.Tensor.stride and is_contiguous.
    """
    return tuple(
        math.prod(max(n, 1) for n in size[axis + 1 :]) for axis in range(len(size))
    )


def numel(*, size: Sequence[int]) -> int:
    """Count the numbers of a tensor: the product of its sizes, 1 without axes.

    Shapes: size has as many numbers as the tensor has axes, its rank.

    Source: PyTorch's documentation of torch.numel.
    """
    return math.prod(size)


def broadcast_shape(*, shapes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Find the shape that tensors broadcast to.

        from the last axis to the first: 1 or no axis gives way to any size, and
        sizes other than 1 must be the same

    Shapes: result has as many axes as the longest of shapes.

    Raises:
        ValueError: sizes differ.

    Source: NumPy's documentation of broadcasting.
    """
    result = []
    for k in range(max(map(len, shapes), default=0)):
        sizes = {shape[-1 - k] for shape in shapes if len(shape) > k} - {1}
        if len(sizes) > 1:
            raise ValueError(f"shapes are {shapes}; at axis {-1 - k} they differ")
        result.append(sizes.pop() if sizes else 1)
    return tuple(reversed(result))


def broadcast_tensors(*tensors: np.ndarray) -> tuple[np.ndarray, ...]:
    """Repeat tensors along axes of size 1, and along axes they lack, to one shape.

        y[t][…, i, …] = tensors[t][…, min(i, size − 1), …]

    Shapes:
        tensors  any that broadcast
        results  the shape they broadcast to, each its tensor's dtype

    Raises:
        ValueError: they do not broadcast.

    Source: PyTorch's documentation of torch.broadcast_tensors.
    """
    size = broadcast_shape(shapes=[tensor.shape for tensor in tensors])
    results = []
    for tensor in tensors:
        y = np.zeros(size, tensor.dtype)
        for i in np.ndindex(*size):
            place = zip(i[len(size) - tensor.ndim :], tensor.shape)
            y[i] = tensor[tuple(min(at, n - 1) for at, n in place)]
        results.append(y)
    return tuple(results)
