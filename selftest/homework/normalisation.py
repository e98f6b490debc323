"""Somebody's one-file normalizations, right: test_planted_faults.py breaks it."""

import numpy as np


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    *,
    training=False,
    eps=1e-5,
):
    axes = (0, *range(2, input.ndim))
    shape = (1, -1) + (1,) * (input.ndim - 2)
    if input.size == 0:
        return input.copy()
    if training:
        mean, var = input.mean(axis=axes), input.var(axis=axes)
    else:
        mean, var = running_mean, running_var
    y = (input - mean.reshape(shape)) / np.sqrt(var + eps).reshape(shape)
    if weight is not None:
        y = y * weight.reshape(shape)
    if bias is not None:
        y = y + bias.reshape(shape)
    return y


def moving_averages(
    input,
    running_mean,
    running_var,
    *,
    momentum=0.1,
    momentum_of="new",
    correction=1,
    num_batches_tracked=0,
):
    rows = np.moveaxis(input, 1, -1).reshape(-1, input.shape[1])
    if rows.size == 0:
        return running_mean, running_var
    if momentum is None:
        share = 1 / (num_batches_tracked + 1)
    elif momentum_of == "new":
        share = momentum
    else:
        share = 1 - momentum
    mean, var = rows.mean(axis=0), rows.var(axis=0, ddof=correction)
    return (
        (1 - share) * running_mean + share * mean,
        (1 - share) * running_var + share * var,
    )


def batch_norm_backward(
    grad, input, running_mean, running_var, weight, *, training, eps
):
    shape = (1, -1) + (1,) * (input.ndim - 2)
    axes = (0, *range(2, input.ndim))
    if input.size == 0:
        return grad, *np.zeros((2, input.shape[1]), input.dtype)
    if training:
        mean, var = input.mean(axis=axes), input.var(axis=axes)
    else:
        mean, var = running_mean, running_var
    root = np.sqrt(var + eps).reshape(shape)
    z = (input - mean.reshape(shape)) / root
    grad_bias = grad.sum(axis=axes)
    grad_weight = (grad * z).sum(axis=axes)
    centered = grad
    if training:
        m = input.size // input.shape[1]
        lost = grad_bias.reshape(shape) + z * grad_weight.reshape(shape)
        centered = grad - lost / m
    slope = 1 if weight is None else weight.reshape(shape)
    return slope * centered / root, grad_weight, grad_bias
