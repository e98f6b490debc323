"""Suppression in torchvision, under the names of reference/suppression.py."""

from torch import Tensor
from torchvision import ops


def nms(boxes: Tensor, scores: Tensor, *, iou_threshold: float) -> Tensor:
    return ops.nms(boxes, scores, iou_threshold)


def batched_nms(
    boxes: Tensor, scores: Tensor, idxs: Tensor, *, iou_threshold: float
) -> Tensor:
    return ops.batched_nms(boxes, scores, idxs, iou_threshold)
