import numpy as np


def column_parallel_linear(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    workers: int,
) -> np.ndarray:
    parts = [input @ rows.T for rows in np.array_split(weight, workers)]
    y = np.concatenate(parts, axis=-1)
    return y if bias is None else y + bias


def row_parallel_linear(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    workers: int,
) -> np.ndarray:
    inputs = np.array_split(input, workers, axis=-1)
    columns = np.array_split(weight, workers, axis=1)
    total = sum(x @ column.T for x, column in zip(inputs, columns))
    return total if bias is None else total + bias
