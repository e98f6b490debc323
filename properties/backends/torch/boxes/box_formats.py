"""Formats of boxes in PyTorch, under the names of reference/box_formats.py."""

import torch


def box_convert(boxes: torch.Tensor, *, in_fmt: str, out_fmt: str) -> torch.Tensor:
    if in_fmt == out_fmt:
        return boxes.clone()
    first, second = boxes[..., :2], boxes[..., 2:]
    if in_fmt == "xywh":
        second = first + second
    elif in_fmt == "cxcywh":
        first, second = first - second / 2, first + second / 2
    if out_fmt == "xywh":
        second = second - first
    elif out_fmt == "cxcywh":
        first, second = (first + second) / 2, second - first
    return torch.cat([first, second], -1)


def box_area(boxes: torch.Tensor) -> torch.Tensor:
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


def scale_boxes(boxes: torch.Tensor, *, size: tuple[float, float]) -> torch.Tensor:
    return boxes * boxes.new_tensor(size[::-1] * 2)


def clip_boxes_to_image(
    boxes: torch.Tensor, *, size: tuple[float, float]
) -> torch.Tensor:
    height, width = size
    x, y = boxes[..., 0::2].clamp(0, width), boxes[..., 1::2].clamp(0, height)
    return torch.stack([x, y], -1).flatten(-2)


def remove_small_boxes(boxes: torch.Tensor, *, min_size: float) -> torch.Tensor:
    return (boxes[:, 2:] - boxes[:, :2] >= min_size).all(1).nonzero()[:, 0]
