"""Fractional max pooling as torch has it."""

import torch.nn.functional as F
from torch import Tensor


def fractional_max_pool2d(
    input: Tensor, samples: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    """Pool; torch has the sample for columns before that for rows."""
    flipped = samples.flip(-1)
    return F.fractional_max_pool2d(input, **options, _random_samples=flipped)


def fractional_max_pool3d(
    input: Tensor, samples: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    return F.fractional_max_pool3d(input, **options, _random_samples=samples)
