"""Offsets of boxes in torchvision, under the names of reference/box_offsets.py."""

from torch import Tensor
from torchvision.models.detection._utils import BoxCoder

DELTAS = BoxCoder((1.0, 1.0, 1.0, 1.0), bbox_xform_clip=float("inf"))
OFFSETS = BoxCoder((10.0, 10.0, 5.0, 5.0), bbox_xform_clip=float("inf"))


def bbox_transform(proposals: Tensor, ground_truth: Tensor) -> Tensor:
    return DELTAS.encode_single(ground_truth, proposals)


def bbox_transform_inverse(proposals: Tensor, offsets: Tensor) -> Tensor:
    return DELTAS.decode_single(offsets, proposals)


def offset_boxes(anchors: Tensor, assigned_bb: Tensor, *, eps: float) -> Tensor:
    if eps:
        raise NotImplementedError("BoxCoder has no eps")
    return OFFSETS.encode_single(assigned_bb, anchors)


def offset_inverse(anchors: Tensor, offset_preds: Tensor) -> Tensor:
    return OFFSETS.decode_single(offset_preds, anchors)
