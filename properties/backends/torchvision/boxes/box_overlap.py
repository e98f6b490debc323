"""Overlaps of boxes in torchvision, under the names of reference/box_overlap.py."""

from torch import Tensor
from torchvision import ops


def box_iou(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    return ops.box_iou(boxes1, boxes2).to(boxes1.dtype)
