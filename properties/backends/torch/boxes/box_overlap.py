"""Overlaps of boxes in PyTorch, under the names of reference/box_overlap.py."""

import torch

from properties.backends.torch.boxes.box_formats import box_area


def box_iou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    boxes1, boxes2 = boxes1[:, None], boxes2[None]
    near = torch.maximum(boxes1[..., :2], boxes2[..., :2])
    far = torch.minimum(boxes1[..., 2:], boxes2[..., 2:])
    width, height = (far - near).clamp(min=0).unbind(-1)
    shared = width * height
    return shared / (box_area(boxes1) + box_area(boxes2) - shared)
