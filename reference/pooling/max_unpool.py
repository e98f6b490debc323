"""Max unpooling: maxima go back to where they were, among zeros."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import per_axis, same_shape
from reference.pooling.regions import spatial_size


def max_unpool2d(
    input: np.ndarray,
    indices: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Put numbers where indices say, into images of zeros, channel by channel.

        y[n, c].flat[indices[n, c, i]] = x[n, c, i];  elsewhere y is 0
        The last in order wins where indices repeat; PyTorch leaves open which does,
        and gives the gradient to each of them.

    Shapes:
        input    (batch, channels, height, width), or without batch
        indices  as input, whole numbers: those that `max_pool2d` returns
        result   (batch, channels, *output_size), input's dtype; without output_size
                 (size − 1) · stride + kernel_size − 2 · padding on each axis

    Units: kernel_size, stride, padding and output_size count pixels, one number for
        all axes or one for each; stride None is the kernel's size.

    Raises:
        ValueError: shapes that differ, another number of axes, an option below its
            least value, an output size that is a stride or more off what it is by
            default, or an index outside the image.

    Source: PyTorch's documentation of torch.nn.MaxUnpool2d.
    """
    size = _unpooled_size(input, 2, kernel_size, stride, padding, output_size)
    return _max_unpool(input, indices, size)


def max_unpool1d(
    input: np.ndarray,
    indices: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Unpool signals, ([batch,] channels, length): see `max_unpool2d`."""
    size = _unpooled_size(input, 1, kernel_size, stride, padding, output_size)
    return _max_unpool(input, indices, size)


def max_unpool3d(
    input: np.ndarray,
    indices: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Unpool volumes, ([batch,] channels, depth, height, width): see `max_unpool2d`."""
    size = _unpooled_size(input, 3, kernel_size, stride, padding, output_size)
    return _max_unpool(input, indices, size)


def _unpooled_size(
    input: np.ndarray,
    axes: int,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None,
    padding: int | Sequence[int],
    output_size: Sequence[int] | None,
) -> tuple[int, ...]:
    size = spatial_size(input, axes)
    kernel = per_axis("kernel_size", kernel_size, axes, least=1)
    stride = per_axis("stride", kernel if stride is None else stride, axes, least=1)
    padding = per_axis("padding", padding, axes, least=0)
    usual = [
        (n - 1) * s + k - 2 * p for n, k, s, p in zip(size, kernel, stride, padding)
    ]
    wanted = usual if output_size is None else output_size
    chosen = per_axis("output_size", wanted, axes, least=1)
    if any(abs(n - m) >= s for n, m, s in zip(chosen, usual, stride)):
        raise ValueError(
            f"output_size is {output_size}; it must be less than a stride, {stride}, "
            f"off {tuple(usual)}"
        )
    return chosen


def _max_unpool(
    input: np.ndarray, indices: np.ndarray, size: tuple[int, ...]
) -> np.ndarray:
    same_shape("input and indices", input, indices)
    lead = input.shape[: input.ndim - len(size)]
    y = np.zeros((*lead, *size), input.dtype)
    for n in np.ndindex(*lead):
        for x, index in zip(input[n].flat, indices[n].flat):
            if not 0 <= index < y[n].size:
                raise ValueError(f"indices has {index}; an image has {y[n].size}")
            y[n].flat[index] = x
    return y
