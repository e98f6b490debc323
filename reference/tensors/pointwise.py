"""Functions of each number by itself, or of each two."""

import numpy as np

from reference.tensors.layout import broadcast_tensors

UNARY = {
    "neg": lambda x: -x,
    "abs": abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "expm1": np.expm1,
    "log1p": np.log1p,
    "reciprocal": lambda x: 1 / x,
    "square": lambda x: x * x,
}
"""Functions of one number, by their names in PyTorch."""

BINARY = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "maximum": np.maximum,
    "minimum": np.minimum,
}
"""Functions of two numbers, by their names in PyTorch."""


def elementwise(input: np.ndarray, *, function: str) -> np.ndarray:
    """Apply a function to each number.

        y[i] = f(x[i])

    Shapes: input and result (*size), any; input's dtype.

    Raises:
        ValueError: the function is none of those that there are.

    Source: PyTorch's documentation of torch, pointwise operations.
    """
    f = _named(UNARY, function)
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = f(input[i])
    return y


def elementwise2(input: np.ndarray, other: np.ndarray, *, function: str) -> np.ndarray:
    """Apply a function to each two numbers of tensors that broadcast.

        y[i] = f(x[i], z[i])

    Shapes:
        input, other  any that broadcast
        result        the shape that they broadcast to, input's dtype

    Raises:
        ValueError: they do not broadcast, or the function is none of those that
            there are.

    Source: PyTorch's documentation of torch, pointwise operations.
    """
    f = _named(BINARY, function)
    left, right = broadcast_tensors(input, other)
    y = np.zeros(left.shape, input.dtype)
    for i in np.ndindex(left.shape):
        y[i] = f(left[i], right[i])
    return y


def _named(functions, name):
    if name not in functions:
        raise ValueError(f"function is {name!r}; it must be one of {[*functions]}")
    return functions[name]
