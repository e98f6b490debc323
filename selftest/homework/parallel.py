"""Somebody's data parallel training, right: test_planted_faults.py breaks it."""

import numpy as np


def reduce_scatter(input):
    workers, numbers = input.shape
    size = -(-numbers // workers)
    y = np.zeros(workers * size, input.dtype)
    y[:numbers] = input.sum(axis=0)
    return y.reshape(workers, size)


def parameter_server_step(weight, gradients, *, lr):
    total = gradients.sum(axis=0)
    new = weight - lr * total
    return np.stack([new] * len(gradients)).astype(weight.dtype)


def slope(weight, input, target):
    error = input @ weight - target
    return input.T @ error


def shard_gradients(weight, input, target, *, workers, reduction):
    shards = list(zip(np.array_split(input, workers), np.array_split(target, workers)))
    gradients = np.stack([slope(weight, x, y) for x, y in shards])
    if reduction == "mean":
        gradients /= np.array([len(y) for _, y in shards])[:, None]
    return gradients


def data_parallel_gradient(weight, input, target, *, workers, reduction):
    sizes = [len(part) for part in np.array_split(target, workers)]
    ends = np.cumsum(sizes)
    total = np.zeros_like(weight)
    for start, end in zip(ends - sizes, ends):
        part = slope(weight, input[start:end], target[start:end])
        total += part / len(target) if reduction == "mean" else part
    return total


def synchronous_sgd(weight, input, target, *, workers, lr, reduction):
    path = []
    for xs, ys in zip(input, target):
        step = slope(weight, xs, ys)
        step = step / len(ys) if reduction == "mean" else step
        weight = (weight - lr * step).astype(step.dtype)
        path.append(weight)
    return np.array(path, input.dtype).reshape(len(input), len(weight))


def row_parallel_linear(input, weight, bias=None, *, workers):
    y = np.zeros((*input.shape[:-1], len(weight)), input.dtype)
    columns = np.array_split(np.arange(weight.shape[1]), workers)
    for part in columns:
        y += input[..., part] @ weight[:, part].T
    return y if bias is None else y + bias


def column_parallel_linear(input, weight, bias=None, *, workers):
    parts = []
    for rows in np.array_split(np.arange(len(weight)), workers):
        part = input @ weight[rows].T
        parts.append(part if bias is None else part + bias[rows])
    return np.concatenate(parts, axis=-1)
