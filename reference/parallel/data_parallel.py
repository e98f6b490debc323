"""Data parallel training: every worker has the weights, and a part of the batch.

The model is a linear one, whose loss for an example is ½ · (w · x − y)².
"""

import numpy as np

from reference.arguments import check_least
from reference.tensors.joining import tensor_split


def shard_gradients(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    reduction: str = "mean",
) -> np.ndarray:
    """Let each worker differentiate the loss of its part of a batch.

        e[i] = w · x[i] − y[i],   g[r, k] = Σ_i e[i] · x[i, k]
        over the examples i of worker r, as `tensor_split` deals them out; with
        reduction "mean", divided by how many they are

    Shapes:
        weight  (features)
        input   (batch, features)
        target  (batch)
        result  (workers, features), weight's dtype

    Raises:
        ValueError: shapes that do not fit each other, a reduction that is neither
            "mean" nor "sum", workers below 1, or with "mean" more than examples.

    Source: Li et al., "Scaling Distributed Machine Learning with the Parameter
        Server" (OSDI 2014).
    """
    _check_batch(weight, input, target, workers, reduction)
    gradients = np.zeros((workers, *weight.shape), weight.dtype)
    inputs = tensor_split(input, sections=workers, dim=0)
    targets = tensor_split(target, sections=workers, dim=0)
    for r, (xs, ys) in enumerate(zip(inputs, targets)):
        for x, y in zip(xs, ys):
            error = sum(w * number for w, number in zip(weight, x)) - y
            for k, number in enumerate(x):
                gradients[r, k] += error * number
        if reduction == "mean":
            for k in range(len(weight)):
                gradients[r, k] = gradients[r, k] / len(xs)
    return gradients


def data_parallel_gradient(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    reduction: str = "mean",
) -> np.ndarray:
    """Put the gradients of all workers together to that of the whole batch.

        "sum":   g = Σ_r g[r]
        "mean":  g = Σ_r (n[r] / n) · g[r],   n[r] examples of n are worker r's
        The plain mean of g[r] is that only if all n[r] are alike, and their plain sum
        is the workers' number times as large.

    Shapes:
        weight  (features)
        input   (batch, features)
        target  (batch)
        result  (features), weight's dtype

    Raises:
        ValueError: as `shard_gradients`.

    Source: Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour"
        (arXiv:1706.02677).
    """
    options = {"workers": workers, "reduction": reduction}
    gradients = shard_gradients(weight, input, target, **options)
    sizes = [len(part) for part in tensor_split(target, sections=workers, dim=0)]
    total = np.zeros(weight.shape, weight.dtype)
    for gradient, size in zip(gradients, sizes):
        for k, number in enumerate(gradient):
            share = number * size / len(target) if reduction == "mean" else number
            total[k] += share
    return total


def synchronous_sgd(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    lr: float,
    reduction: str = "mean",
) -> np.ndarray:
    """Train by steps that all workers take together, on one batch after the other.

        w[t + 1] = w[t] − lr · g[t],   g[t] the `data_parallel_gradient` at w[t]

    Shapes:
        weight  (features), w[0]
        input   (steps, batch, features)
        target  (steps, batch)
        result  (steps, features), w[1] and so on; weight's dtype

    Raises:
        ValueError: as `data_parallel_gradient`, or input and target of other steps.

    Source: Goyal et al. (arXiv:1706.02677); Zhang et al., "Dive into Deep Learning",
        section on training on several GPUs.
    """
    if input.shape[:-1] != target.shape or input.ndim != 3:
        raise ValueError(
            f"input has shape {input.shape}, target {target.shape}; they must be "
            "(steps, batch, features) and (steps, batch)"
        )
    options = {"workers": workers, "reduction": reduction}
    path = np.zeros((len(input), *weight.shape), weight.dtype)
    for t, (xs, ys) in enumerate(zip(input, target)):
        gradient = data_parallel_gradient(weight, xs, ys, **options)
        for k in range(len(weight)):
            path[t, k] = weight[k] - lr * gradient[k]
        weight = path[t]
    return path


def _check_batch(weight, input, target, workers, reduction):
    check_least(1, workers=workers)
    if reduction not in ("mean", "sum"):
        raise ValueError(f'reduction is {reduction!r}; it must be "mean" or "sum"')
    if input.shape != (*target.shape, *weight.shape) or input.ndim != 2:
        raise ValueError(
            f"input has shape {input.shape}, weight {weight.shape}, target "
            f"{target.shape}; they must be (batch, features), (features) and (batch)"
        )
    if reduction == "mean" and workers > len(target):
        raise ValueError(
            f"workers is {workers}; {len(target)} examples leave some without a mean"
        )
