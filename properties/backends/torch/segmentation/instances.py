"""Proposals one by one in PyTorch, as of reference/segmentation/instances.py."""

import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.augmentation.geometry import resize, resized_crop
from properties.backends.torch.pooling.roi_pool import roi_align


def warp_proposals(input: Tensor, boxes: Tensor, *, size: tuple[int, int]) -> Tensor:
    parts = [
        resized_crop(input, top=y1, left=x1, height=y2 - y1, width=x2 - x1, size=size)
        for x1, y1, x2, y2 in boxes.tolist()
    ]
    return torch.stack(parts) if parts else input.new_zeros(0, len(input), *size)


def mask_head(
    input: Tensor,
    boxes: Tensor,
    *weights: Tensor,
    output_size: tuple[int, int],
    spatial_scale: float,
    sampling_ratio: int,
) -> Tensor:
    scale = {"output_size": output_size, "spatial_scale": spatial_scale}
    samples = {"sampling_ratio": sampling_ratio, "aligned": True}
    pooled = roi_align(input, boxes, **scale, **samples)
    hidden = F.conv2d(pooled, *weights[:2], padding=1).relu()
    hidden = F.conv_transpose2d(hidden, *weights[2:4], stride=2).relu()
    return F.conv2d(hidden, *weights[4:])


def paste_mask(
    mask: Tensor, *, box: tuple[int, int, int, int], size: tuple[int, int]
) -> Tensor:
    left, top, right, bottom = box
    resized = resize(mask[None], size=(bottom - top, right - left))[0]
    up, before = max(top, 0), max(left, 0)
    part = resized[up - top : max(size[0] - top, 0), before - left :]
    part = part[:, : max(size[1] - before, 0)]
    y = mask.new_zeros(size)
    y[up : up + len(part), before : before + part.shape[1]] = part
    return y
