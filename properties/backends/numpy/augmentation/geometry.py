import numpy as np


def horizontal_flip(input: np.ndarray) -> np.ndarray:
    return np.flip(input, -1)


def vertical_flip(input: np.ndarray) -> np.ndarray:
    return np.flip(input, -2)


def crop(
    input: np.ndarray, *, top: int, left: int, height: int, width: int
) -> np.ndarray:
    return input[..., top : top + height, left : left + width]
