"""PyTorch on CUDA without cuDNN, whose work its own kernels then do."""

from contextlib import AbstractContextManager

import torch

from properties.backends.torch_modes import CUDA, within


def setting() -> AbstractContextManager:
    return torch.backends.cudnn.flags(enabled=False)


globals().update(within(setting) | CUDA)
