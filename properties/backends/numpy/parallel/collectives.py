import numpy as np


def all_reduce(input: np.ndarray) -> np.ndarray:
    return np.broadcast_to(input.sum(0), input.shape)


def broadcast_from(input: np.ndarray, *, root: int) -> np.ndarray:
    return np.broadcast_to(input[root], input.shape)


def reduce_to(input: np.ndarray, *, root: int) -> np.ndarray:
    return np.asarray(input.sum(0))


def scatter_from(input: np.ndarray, *, root: int) -> np.ndarray:
    return input.copy()


def reduce_scatter(input: np.ndarray) -> np.ndarray:
    workers, numbers = input.shape
    return np.pad(input.sum(0), (0, -numbers % workers)).reshape(workers, -1)


def all_gather(input: np.ndarray) -> np.ndarray:
    return np.broadcast_to(input, (len(input), *input.shape))


def ring_all_reduce(input: np.ndarray) -> np.ndarray:
    return np.tile(input.sum(0), (len(input), 1))


def parameter_server_step(
    weight: np.ndarray, gradients: np.ndarray, *, lr: float
) -> np.ndarray:
    return np.broadcast_to(weight - lr * gradients.sum(0), gradients.shape)
