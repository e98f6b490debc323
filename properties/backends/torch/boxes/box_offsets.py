"""Offsets of boxes in PyTorch, under the names of reference/box_offsets.py."""

import torch

from properties.backends.torch.boxes.box_formats import box_convert


def bbox_transform(proposals: torch.Tensor, ground_truth: torch.Tensor) -> torch.Tensor:
    (middle, size), (to, stretched) = (
        middles_and_sizes(proposals),
        middles_and_sizes(ground_truth),
    )
    return torch.cat([(to - middle) / size, torch.log(stretched / size)], 1)


def bbox_transform_inverse(
    proposals: torch.Tensor, offsets: torch.Tensor
) -> torch.Tensor:
    middle, size = middles_and_sizes(proposals)
    moved = [middle + offsets[:, :2] * size, offsets[:, 2:].exp() * size]
    return box_convert(torch.cat(moved, 1), in_fmt="cxcywh", out_fmt="xyxy")


def offset_boxes(
    anchors: torch.Tensor, assigned_bb: torch.Tensor, *, eps: float
) -> torch.Tensor:
    (middle, size), (to, stretched) = (
        middles_and_sizes(anchors),
        middles_and_sizes(assigned_bb),
    )
    logs = torch.log(eps + stretched / size)
    return torch.cat([10 * (to - middle) / size, 5 * logs], 1)


def offset_inverse(anchors: torch.Tensor, offset_preds: torch.Tensor) -> torch.Tensor:
    return bbox_transform_inverse(anchors, offset_preds / offset_scales(anchors))


def middles_and_sizes(boxes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The middles and the sizes of boxes."""
    return box_convert(boxes, in_fmt="xyxy", out_fmt="cxcywh").split(2, 1)


def offset_scales(like: torch.Tensor) -> torch.Tensor:
    return like.new_tensor([10, 10, 5, 5])
