"""Batch normalization: of each channel, over a batch and its pixels."""

import numpy as np

from reference.normalisation.moments import (
    check_batch,
    check_eps,
    check_per_channel,
    moments,
)


def batch_norm(
    input: np.ndarray,
    running_mean: np.ndarray | None,
    running_var: np.ndarray | None,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
) -> np.ndarray:
    """Give each channel mean 0 and variance 1, then an affine map.

        y[n, c, i] = (x[n, c, i] − mean[c]) / √(var[c] + eps) · weight[c] + bias[c]
        In training, the batch's own moments: with m = batch · pixels,
        mean[c] = Σ_n Σ_i x[n, c, i] / m,   var[c] = Σ_n Σ_i (x[n, c, i] − mean[c])² / m
        Otherwise, mean and var are the running ones. The variance is biased here,
        though the running one that training leaves is not: see `moving_averages`.

    Shapes:
        input         (batch, channels, *size); the features of a fully connected
                      layer are channels without pixels, (batch, channels)
        running_mean  (channels); in training it may be None, and is not read
        running_var   as running_mean
        weight, bias  (channels), or None for ones and for zeros
        result        as input, input's dtype

    Raises:
        ValueError: a tensor that is not of the channels; without training, no running
            mean or variance, or a negative eps; in training, an eps that is not
            positive, or one number only of each channel.

    Source: Ioffe and Szegedy, "Batch Normalization" (arXiv:1502.03167), algorithm 1;
        what may be left out, as in PyTorch's documentation of torch.nn.BatchNorm2d.
    """
    running = {"running_mean": running_mean, "running_var": running_var}
    check_per_channel(input, weight=weight, bias=bias, **running)
    check_eps(eps, training=training)
    if training:
        check_batch(input)
    elif running_mean is None or running_var is None:
        raise ValueError("running_mean and running_var are read: neither may be None")
    y = np.zeros(input.shape, input.dtype)
    for c in range(input.shape[1] if input.size else 0):
        if training:
            mean, variance = moments(input[:, c].ravel(), 0)
        else:
            mean, variance = running_mean[c], running_var[c]
        deviation = np.sqrt(variance + eps)
        for n, *i in np.ndindex(y[:, c].shape):
            scaled = (input[n, c, *i] - mean) / deviation
            if weight is not None:
                scaled = scaled * weight[c]
            y[n, c, *i] = scaled if bias is None else scaled + bias[c]
    return y


def moving_averages(
    input: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    *,
    momentum: float | None = 0.1,
    momentum_of: str = "new",
    correction: int = 1,
    num_batches_tracked: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Move the running mean and variance towards those of a batch.

        running[c] ← (1 − share) · running[c] + share · moment[c]
        share = momentum, if it is that of the new moment, as torch has it;
                1 − momentum, if it is that of the old, as d2l and the paper's
                successors in other frameworks have it;
                1 / (num_batches_tracked + 1), if it is None: then running is the
                mean over all batches.
        moment is the batch's mean, or its variance, Σ (x − mean)² / (m − correction)

    Shapes:
        input         (batch, channels, *size); nothing moves if there is nothing in it
        running_mean  (channels)
        running_var   (channels)
        result        (running_mean, running_var), each (channels)

    Units: correction 1 is the unbiased variance, which torch keeps though it
        normalizes by the biased one; 0 the biased one, as d2l keeps it.

    Raises:
        ValueError: a tensor that is not of the channels, one number only of each
            channel, a momentum_of that is neither "new" nor "old", a negative
            num_batches_tracked, or a correction that is neither 0 nor 1.

    Source: PyTorch's documentation of torch.nn.BatchNorm2d; Zhang et al., "Dive into
        Deep Learning", section 8.5.
    """
    check_per_channel(input, running_mean=running_mean, running_var=running_var)
    check_batch(input)
    if momentum_of not in ("new", "old") or num_batches_tracked < 0:
        raise ValueError(
            f"momentum_of is {momentum_of!r}, num_batches_tracked "
            f'{num_batches_tracked}; they must be "new" or "old", and at least 0'
        )
    if momentum is None:
        share = 1 / (num_batches_tracked + 1)
    else:
        share = momentum if momentum_of == "new" else 1 - momentum
    averages = running_mean.copy(), running_var.copy()
    for c in range(input.shape[1] if input.size else 0):
        for running, moment in zip(averages, moments(input[:, c].ravel(), correction)):
            running[c] = (1 - share) * running[c] + share * moment
    return averages
