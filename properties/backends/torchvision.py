"""torchvision.ops, on PyTorch's tensors.

Its wheels on PyPI load only beside a PyTorch that is built for CUDA, too.
"""

from collections.abc import Sequence

import torchvision
from torch import Tensor
from torchvision import ops
from torchvision.models.detection._utils import BoxCoder

from properties.backends.torch import devices, dtypes, gradient, to_numpy, to_tensor

ARITHMETIC = "torch"
__version__ = torchvision.__version__
__all__ = ["devices", "dtypes", "gradient", "to_numpy", "to_tensor"]

DELTAS = BoxCoder((1.0, 1.0, 1.0, 1.0), bbox_xform_clip=float("inf"))
OFFSETS = BoxCoder((10.0, 10.0, 5.0, 5.0), bbox_xform_clip=float("inf"))


def box_convert(boxes: Tensor, *, in_fmt: str, out_fmt: str) -> Tensor:
    return ops.box_convert(boxes, in_fmt, out_fmt)


def box_area(boxes: Tensor) -> Tensor:
    return ops.box_area(boxes).to(boxes.dtype)  # float32 of narrower formats


def box_iou(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    return ops.box_iou(boxes1, boxes2).to(boxes1.dtype)


def clip_boxes_to_image(boxes: Tensor, *, size: tuple[float, float]) -> Tensor:
    return ops.clip_boxes_to_image(boxes, size)


def remove_small_boxes(boxes: Tensor, *, min_size: float) -> Tensor:
    return ops.remove_small_boxes(boxes, min_size)


def nms(boxes: Tensor, scores: Tensor, *, iou_threshold: float) -> Tensor:
    return ops.nms(boxes, scores, iou_threshold)


def batched_nms(
    boxes: Tensor, scores: Tensor, idxs: Tensor, *, iou_threshold: float
) -> Tensor:
    return ops.batched_nms(boxes, scores, idxs, iou_threshold)


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
