import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.augmentation.geometry import resize, resized_crop
from properties.backends.torch.pooling.roi_pool import roi_align, roi_pool


def warp_proposals(input: Tensor, boxes: Tensor, *, size: tuple[int, int]) -> Tensor:
    parts = [
        resized_crop(input, top=y1, left=x1, height=y2 - y1, width=x2 - x1, size=size)
        for x1, y1, x2, y2 in boxes.tolist()
    ]
    return torch.stack(parts) if parts else input.new_zeros(0, len(input), *size)


def fast_rcnn_head(
    input: Tensor,
    boxes: Tensor,
    *weights: Tensor,
    output_size: tuple[int, int],
    spatial_scale: float,
) -> tuple[Tensor, Tensor]:
    scale = {"output_size": output_size, "spatial_scale": spatial_scale}
    hidden = F.linear(roi_pool(input, boxes, **scale).flatten(1), *weights[:2]).relu()
    return F.linear(hidden, *weights[2:4]), F.linear(hidden, *weights[4:])


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
    return F.pad(resized, (left, size[1] - right, top, size[0] - bottom))


def instance_mask(
    mask: Tensor,
    *,
    box: tuple[int, int, int, int],
    size: tuple[int, int],
    threshold: float,
) -> Tensor:
    return paste_mask(mask, box=box, size=size) >= threshold
