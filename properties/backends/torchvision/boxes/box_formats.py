"""Formats of boxes in torchvision, under the names of reference/box_formats.py."""

from torch import Tensor
from torchvision import ops


def box_convert(boxes: Tensor, *, in_fmt: str, out_fmt: str) -> Tensor:
    return ops.box_convert(boxes, in_fmt, out_fmt)


def box_area(boxes: Tensor) -> Tensor:
    return ops.box_area(boxes).to(boxes.dtype)  # float32 of narrower formats


def clip_boxes_to_image(boxes: Tensor, *, size: tuple[float, float]) -> Tensor:
    return ops.clip_boxes_to_image(boxes, size)


def remove_small_boxes(boxes: Tensor, *, min_size: float) -> Tensor:
    return ops.remove_small_boxes(boxes, min_size)
