"""A convolution's kernel, learned with NumPy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def sgd_step(weight: np.ndarray, grad: np.ndarray, *, lr: float) -> np.ndarray:
    return weight - lr * grad


def learn_kernel(
    x: np.ndarray, y: np.ndarray, kernel: np.ndarray, *, lr: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    windows = sliding_window_view(x, kernel.shape).reshape(y.size, -1)
    kernels, losses = [kernel.ravel()], []
    for _ in range(steps + 1):
        residual = windows @ kernels[-1] - y.ravel()
        losses.append(np.mean(residual * residual))
        grad = 2 * (residual @ windows) / y.size
        kernels.append(kernels[-1] - lr * grad)
    return np.reshape(kernels[:-1], (-1, *kernel.shape)), np.array(losses)
