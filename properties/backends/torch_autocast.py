"""PyTorch's automatic mixed precision: float32 tensors that hold narrow numbers.

Products of matrices, convolutions and the like are computed in bfloat16, sums and
logarithms in float32, as "Automatic Mixed Precision package" lists them
(docs.pytorch.org/docs/2.13/amp.html). Each step is as good as in bfloat16, so that its
promise holds for the whole; results are rounded to it where they are wider.
"""

from collections.abc import Callable, Sequence
from functools import wraps

import numpy as np
import torch
from torch import Tensor

from properties.backends import torch as eager
from properties.backends.program import PROGRAM
from properties.backends.torch_modes import every

MIXED = ("same dtype", "expected scalar type")
"""What an operation says that is in none of autocast's lists, and is given what
autocast made narrow beside what it did not."""


def changed(function: Callable) -> Callable:
    @wraps(function)
    def call(*tensors, **options):
        kind = next((t.device.type for t in tensors if t is not None), "cpu")
        with torch.autocast(kind, torch.bfloat16):
            results = function(*tensors, **options)
        if isinstance(results, tuple):
            return tuple(narrow(result) for result in results)
        return narrow(results)

    return call


def narrow(result: Tensor) -> Tensor:
    return result.bfloat16() if result.dtype == torch.float32 else result


def unmixed(program: Callable) -> Callable:
    """A program, but for those that an operation of theirs refuses as `MIXED`."""

    @wraps(program)
    def call(*inputs, **options):
        try:
            return program(*inputs, **options)
        except RuntimeError as error:
            if any(words in str(error) for words in MIXED):
                raise NotImplementedError(str(error)) from error
            raise

    return call


functions = every(changed)
globals().update(functions | {PROGRAM: unmixed(functions[PROGRAM])})


def dtypes(device: str) -> list[str]:
    return ["bfloat16"]


def to_tensor(array: np.ndarray, device: str, dtype: str) -> Tensor:
    return eager.to_tensor(array, device, "float32")


def gradient(
    function: Callable, tensors: Sequence[Tensor], cotangents: Sequence[Tensor | None]
) -> list[Tensor]:
    """Differentiate outside of autocast, as it has to be; the gradients narrowed."""
    return [narrow(found) for found in eager.gradient(function, tensors, cotangents)]
