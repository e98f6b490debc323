import numpy as np


def chunk(input: np.ndarray, *, chunks: int, dim: int) -> tuple[np.ndarray, ...]:
    size = input.shape[dim]
    step = -(-size // chunks)
    edges = range(step, size, step) if size else chunks
    return tuple(np.split(input, edges, axis=dim))


def tensor_split(
    input: np.ndarray, *, sections: int, dim: int
) -> tuple[np.ndarray, ...]:
    return tuple(np.array_split(input, sections, axis=dim))


def gather_shards(*shards: np.ndarray, dim: int) -> np.ndarray:
    return np.concatenate(shards, axis=dim)
