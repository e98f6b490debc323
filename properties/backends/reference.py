"""The reference itself, on NumPy's own numbers, and its gradients by the tape."""

from collections.abc import Callable, Sequence

import numpy as np

from properties.arithmetic.taped import differentiate
from properties.operations import operations

__version__ = ""

globals().update(operations())


def gradient(
    function: Callable,
    tensors: Sequence[np.ndarray],
    cotangents: Sequence[np.ndarray | None],
) -> list[np.ndarray]:
    """Differentiate Σ cotangent · result by floating tensors."""
    _, gradients = differentiate(function, tensors, lambda i, shape: cotangents[i])
    return [g.astype(tensor.dtype) for g, tensor in zip(gradients, tensors)]
