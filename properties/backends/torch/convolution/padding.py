"""Padding as torch has it."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor


def pad(input: Tensor, *, pad: Sequence[int], mode: str, value: float = 0) -> Tensor:
    return F.pad(input, pad, mode, value)
