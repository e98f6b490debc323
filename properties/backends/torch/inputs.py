"""Tensors that compilers take for inputs."""

import torch
from torch import Tensor


def given(tensor: Tensor) -> Tensor:
    """A copy that may be written to: what is compiled after it has it for an input."""
    copy = tensor.clone()
    if torch.compiler.is_compiling():
        torch._dynamo.graph_break()
    return copy
