"""PyTorch without oneDNN, whose work its own kernels then do."""

from contextlib import AbstractContextManager

import torch

from properties.backends.torch_modes import within


def setting() -> AbstractContextManager:
    return torch.backends.mkldnn.flags(enabled=False)


globals().update(within(setting))


def devices() -> list[str]:
    return ["cpu"]


def wide(device: str) -> list[str]:
    """None: convolutions that round once are oneDNN's."""
    return []
