import numpy as np

NAMES = {"neg": "negative", "sub": "subtract", "mul": "multiply", "div": "divide"}


def elementwise(input: np.ndarray, *, function: str) -> np.ndarray:
    return getattr(np, NAMES.get(function, function))(input)


def elementwise2(input: np.ndarray, other: np.ndarray, *, function: str) -> np.ndarray:
    return getattr(np, NAMES.get(function, function))(input, other)
