"""Pooling of boxes in torchvision, under the names of reference/roi_pool.py."""

from collections.abc import Sequence

from torch import Tensor
from torchvision import ops


def roi_pool(
    input: Tensor,
    boxes: Tensor,
    *,
    output_size: int | Sequence[int],
    spatial_scale: float,
) -> Tensor:
    return ops.roi_pool(input, boxes, output_size, spatial_scale)


def roi_align(
    input: Tensor,
    boxes: Tensor,
    *,
    output_size: int | Sequence[int],
    spatial_scale: float,
    sampling_ratio: int,
    aligned: bool,
) -> Tensor:
    options = spatial_scale, sampling_ratio, aligned
    return ops.roi_align(input, boxes, output_size, *options)
