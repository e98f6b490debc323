import numpy as np


def _gradient(
    weight: np.ndarray, input: np.ndarray, target: np.ndarray, reduction: str
) -> np.ndarray:
    total = (input @ weight - target) @ input
    return total / len(target) if reduction == "mean" else total


def shard_gradients(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    reduction: str,
) -> np.ndarray:
    shards = zip(np.array_split(input, workers), np.array_split(target, workers))
    return np.stack([_gradient(weight, x, y, reduction) for x, y in shards])


def data_parallel_gradient(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    reduction: str,
) -> np.ndarray:
    return _gradient(weight, input, target, reduction)


def synchronous_sgd(
    weight: np.ndarray,
    input: np.ndarray,
    target: np.ndarray,
    *,
    workers: int,
    lr: float,
    reduction: str,
) -> np.ndarray:
    path = [weight]
    for x, y in zip(input, target):
        step = weight.dtype.type(lr) * _gradient(path[-1], x, y, reduction)
        path.append(path[-1] - step)
    return np.stack(path)[1:]
