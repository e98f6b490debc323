"""PyTorch on CUDA whose convolutions read all bits of a float32 number.

By default cuDNN's read those of TF32; products of matrices do not (PyTorch's "Numerical
accuracy").
"""

from contextlib import AbstractContextManager

import torch

from properties.backends.torch_modes import CUDA, within


def setting() -> AbstractContextManager:
    return torch.backends.cudnn.flags(enabled=True, allow_tf32=False)


globals().update(within(setting) | CUDA)
