"""The gradients of a convolution, vectorized."""

import numpy as np

from properties.backends.numpy.convolution.convolution_matrix import fold
from properties.backends.numpy.convolution.separable_convolution import _sliding_windows


def conv2d_input_gradient(
    weight: np.ndarray,
    grad_output: np.ndarray,
    *,
    input_size: tuple[int, ...],
    groups: int,
    **options: tuple[int, int],
) -> np.ndarray:
    batch, _, *places = grad_output.shape
    filters = weight.reshape(groups, -1, *weight.shape[1:])
    grads = grad_output.reshape(batch, groups, -1, *places)
    columns = np.einsum("ngoij,gocpq->ngcpqij", grads, filters)
    columns = columns.reshape(batch, -1, np.prod(places))
    size, kernel_size = input_size[2:], weight.shape[2:]
    return fold(columns, output_size=size, kernel_size=kernel_size, **options)


def conv2d_weight_gradient(
    input: np.ndarray,
    grad_output: np.ndarray,
    *,
    weight_size: tuple[int, ...],
    groups: int,
    **options: tuple[int, int],
) -> np.ndarray:
    windows = _sliding_windows(input, weight_size[2:], **options)
    windows = windows.reshape(len(input), groups, -1, *windows.shape[2:])
    grads = grad_output.reshape(len(input), groups, -1, *grad_output.shape[2:])
    grad = np.einsum("ngcijpq,ngoij->gocpq", windows, grads)
    return grad.reshape(weight_size)


def conv2d_bias_gradient(grad_output: np.ndarray) -> np.ndarray:
    return grad_output.sum(axis=(0, 2, 3))


def im2col_gradients(
    columns: np.ndarray, weight: np.ndarray, grad_output: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    return grad_output @ weight.T, columns.T @ grad_output
