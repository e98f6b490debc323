"""A convolution's kernel, learned by gradient descent."""

import numpy as np

from reference.convolution.cross_correlation import cross_correlate


def sgd_step(weight: np.ndarray, grad: np.ndarray, *, lr: float) -> np.ndarray:
    """Go one step down a gradient.

        result = weight − lr · grad

    Shapes: weight, grad and result have one shape.

    Raises:
        ValueError: weight and grad have different shapes.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", algorithm 8.1.
    """
    if weight.shape != grad.shape:
        raise ValueError(f"weight has shape {weight.shape}, grad {grad.shape}")
    return weight - lr * grad


def learn_kernel(
    x: np.ndarray, y: np.ndarray, kernel: np.ndarray, *, lr: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Learn the kernel that turns x into y: gradient descent on the squared error.

        kernels[0]     = kernel
        residual[t]    = x ⋆ kernels[t] − y
        losses[t]      = Σ residual[t]² / size of y
        kernels[t + 1] = kernels[t] − lr · 2 · (x ⋆ residual[t]) / size of y

    Shapes: on each axis of x
        x, kernel, y   size, kernel_size, size − kernel_size + 1
        result         kernels (steps + 1, *kernel_size), losses (steps + 1)

    Units: losses are y's units squared, lr multiplies their gradient.

    Raises:
        ValueError: x ⋆ kernel has another shape than y, or fewer than 0 steps.

    Source: Zhang et al., "Dive into Deep Learning", section 7.2.4, with the mean of
        the squared errors for their sum.
    """
    if steps < 0:
        raise ValueError(f"steps is {steps}; it must be at least 0")
    kernels = np.zeros((steps + 1, *kernel.shape), kernel.dtype)
    losses = np.zeros(steps + 1, kernel.dtype)
    for t in range(steps + 1):
        kernels[t] = kernel
        predicted = cross_correlate(x, kernel)
        if predicted.shape != y.shape:
            raise ValueError(f"y has shape {y.shape}; it must be {predicted.shape}")
        residual = predicted - y
        losses[t] = (residual * residual).sum() / y.size
        kernel = sgd_step(kernel, 2 * cross_correlate(x, residual) / y.size, lr=lr)
    return kernels, losses
