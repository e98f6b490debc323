"""PyTorch's operations, each compiled by torch.compile with Inductor.

What is compiled for one shape, option and layout serves others where Dynamo's guards
let it; the first of a new kind is compiled anew, which takes a second or more. Calls
with and without gradients are compiled each for itself, as users' are.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps

import torch
from torch import Tensor
from torch._inductor import config
from torch._inductor.compile_fx import compile_fx
from torch._inductor.cpp_builder import get_cpp_compiler
from torch._inductor.exc import InvalidCxxCompiler

from properties.backends.torch_modes import every

GRAPHS = 1000
"""How many kinds of call an operation is compiled for, at most. By default it would be
8: then Dynamo goes on without compiling."""

torch._dynamo.config.recompile_limit = GRAPHS
torch._dynamo.config.accumulated_recompile_limit = GRAPHS
torch._logging.set_logs(dynamo=logging.CRITICAL, inductor=logging.CRITICAL)
config.compile_threads = 1

counts = Counter()
latest = []


def inductor(graph: torch.fx.GraphModule, inputs: Sequence[Tensor]) -> Callable:
    """Compile a graph, and count how often it runs."""
    compiled = compile_fx(graph, inputs)

    def run(*arguments):
        counts["graphs run"] += 1
        return compiled(*arguments)

    return run


def changed(function: Callable) -> Callable:
    @wraps(function)
    def call(*tensors, **options):
        forget_others(function, tensors)
        before = counts["graphs run"]
        results = compiled(*tensors, **options)
        counts["calls"] += 1
        counts["compiled"] += counts["graphs run"] > before
        return results

    compiled = torch.compile(function, backend=inductor)
    return call


def forget_others(function: Callable, tensors: Sequence[Tensor | None]) -> None:
    """Drop what was compiled for another operation or dtype: they share the limit."""
    kind = [function, {t.dtype for t in tensors if t is not None}]
    if latest != kind:
        torch._dynamo.reset()
        latest[:] = kind


globals().update(every(changed))


def lacks() -> str:
    """What is missing for this mode to be run, or ""."""
    try:
        get_cpp_compiler()
    except InvalidCxxCompiler:
        return "there is no C++ compiler"
    return ""


def tally() -> dict[str, int]:
    """Calls since it was last asked, and how many of them ran what was compiled."""
    told = {"calls": counts["calls"], "compiled": counts["compiled"]}
    counts.clear()
    return told
