import numpy as np


def systolic_matmul(
    a: np.ndarray, b: np.ndarray, *, stationary: str
) -> tuple[np.ndarray, np.ndarray]:
    return a @ b, np.array(len(a) + len(b) + b.shape[1] - 2)
