"""Modes of PyTorch: what its backend has, each operation called in another way."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial, wraps

import torch

from properties.backends import torch as eager
from properties.backends.program import PROGRAM, UPDATE, interpret
from properties.operations import TWINS, operations

HOOKS = (
    *("ARITHMETIC", "LAYOUTS", "__version__", "devices", "dtypes", "wide"),
    *("reproducible", "free_memory", "to_tensor", "tiled", "to_numpy", "gradient"),
)


CUDA = {
    "devices": lambda: ["cuda"] if torch.cuda.is_available() else [],
    "lacks": lambda: "" if torch.cuda.is_available() else "torch sees no CUDA device",
    "READS_TF32": False,
}
"""Hooks of modes that CUDA alone has."""


def every(changed: Callable[[Callable], Callable]) -> dict:
    """PyTorch's hooks as they are, and its operations, each of them changed."""
    hooks = {name: getattr(eager, name) for name in HOOKS}
    functions = {
        name: changed(function)
        for name in [*operations(), *TWINS, UPDATE]
        if callable(function := getattr(eager, name, None))
    }
    functions[PROGRAM] = changed(program)
    return hooks | {"MODE_OF": "torch"} | functions


def program(*inputs: torch.Tensor, steps: tuple) -> torch.Tensor:
    """A program of PyTorch's own operations, which is changed as a whole."""
    return interpret(partial(getattr, eager), *inputs, steps=steps)


def within(setting: Callable[[], AbstractContextManager]) -> dict:
    """The same with operations and gradients computed in a setting."""

    def changed(function: Callable) -> Callable:
        @wraps(function)
        def call(*arguments, **options):
            with setting():
                return function(*arguments, **options)

        return call

    return every(changed) | {"gradient": changed(eager.gradient)}
