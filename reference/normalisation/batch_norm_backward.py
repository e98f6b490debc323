"""The gradient of batch normalization, written out."""

import numpy as np

from reference.normalisation.moments import (
    check_batch,
    check_eps,
    check_per_channel,
    moments,
)


def batch_norm_backward(
    grad: np.ndarray,
    input: np.ndarray,
    running_mean: np.ndarray | None,
    running_var: np.ndarray | None,
    weight: np.ndarray | None,
    *,
    training: bool,
    eps: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Take the gradient of batch normalization by its input, weight and bias.

        ∂bias[c] = Σ_n Σ_i g[n, c, i],   ∂weight[c] = Σ_n Σ_i g[n, c, i] · z[n, c, i]
        ∂input[n, c, i] = weight[c] / √(var[c] + eps) · (g[n, c, i]
                          − (∂bias[c] + z[n, c, i] · ∂weight[c]) / m)
        z = (x − mean) / √(var + eps), m = batch · pixels.
        Without training, mean and var do not depend on x, and the term over m is not
        there: ∂input = weight / √(var + eps) · g.

    Shapes:
        grad, input                (batch, channels, *size)
        running_mean, running_var  (channels); in training they are not read
        weight                     (channels), or None for ones
        result                     (input's gradient, as input; weight's and bias's,
                                   (channels) each)

    Raises:
        ValueError: grad is not of input's shape; otherwise as `batch_norm`.

    Source: Ioffe and Szegedy, "Batch Normalization" (arXiv:1502.03167), section 3.
    """
    if grad.shape != input.shape:
        raise ValueError(f"grad has shape {grad.shape}; input has {input.shape}")
    running = {"running_mean": running_mean, "running_var": running_var}
    check_per_channel(input, weight=weight, **running)
    check_eps(eps, training=training)
    if training:
        check_batch(input)
    elif running_mean is None or running_var is None:
        raise ValueError("running_mean and running_var are read: neither may be None")
    grad_input = np.zeros(input.shape, input.dtype)
    grad_weight, grad_bias = np.zeros((2, input.shape[1]), input.dtype)
    for c in range(input.shape[1] if input.size else 0):
        x, g = input[:, c], grad[:, c]
        mean, variance = (
            moments(x.ravel(), 0) if training else (running_mean[c], running_var[c])
        )
        deviation = np.sqrt(variance + eps)
        grad_bias[c] = sum(g.flat)
        grad_weight[c] = sum(((x - mean) * g).flat) / deviation
        slope = 1 / deviation if weight is None else weight[c] / deviation
        for at in np.ndindex(x.shape):
            slack = g[at]
            if training:
                z = (x[at] - mean) / deviation
                slack = slack - (grad_bias[c] + z * grad_weight[c]) / x.size
            n, *i = at
            grad_input[n, c, *i] = slope * slack
    return grad_input, grad_weight, grad_bias
