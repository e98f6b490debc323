"""What changes an array in place in NumPy."""

import numpy as np

from properties.backends.numpy.activations.rectifiers import relu

UPDATED = {
    "add_": np.add,
    "sub_": np.subtract,
    "mul_": np.multiply,
    "copy_": lambda input, other: other,
    "neg_": np.negative,
    "relu_": relu,
    "zero_": np.zeros_like,
}


def update(
    input: np.ndarray,
    other: np.ndarray | None = None,
    *,
    function: str,
    no_grad: bool,
) -> np.ndarray:
    given = (input,) if other is None else (input, other)
    input[...] = UPDATED[function](*given)
    return input
