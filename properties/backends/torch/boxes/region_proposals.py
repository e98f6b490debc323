"""Regions in PyTorch, under the names of reference/region_proposals.py."""

import torch

from properties.backends.torch.boxes.box_formats import (
    box_area,
    clip_boxes_to_image,
    remove_small_boxes,
)
from properties.backends.torch.boxes.box_offsets import bbox_transform_inverse
from properties.backends.torch.boxes.suppression import nms


def svm_head(
    features: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    return torch.nn.functional.linear(features, weight, bias).argmax(1)


def bbox_regression_loss(
    features: torch.Tensor,
    weight: torch.Tensor,
    targets: torch.Tensor,
    *,
    weight_decay: float,
) -> torch.Tensor:
    residuals = targets - torch.nn.functional.linear(features, weight)
    return (residuals * residuals).sum() + weight_decay * (weight * weight).sum()


def region_proposals(
    objectness: torch.Tensor,
    offsets: torch.Tensor,
    anchors: torch.Tensor,
    *,
    image_size: tuple[float, float],
    pre_nms_top_n: int,
    post_nms_top_n: int,
    nms_thresh: float,
    min_size: float,
) -> tuple[torch.Tensor, torch.Tensor]:
    top = objectness.argsort(descending=True, stable=True)[:pre_nms_top_n]
    boxes = bbox_transform_inverse(anchors[top], offsets[top])
    boxes, scores = clip_boxes_to_image(boxes, size=image_size), objectness[top]
    large = remove_small_boxes(boxes, min_size=min_size)
    boxes, scores = boxes[large], scores[large]
    kept = nms(boxes.detach(), scores.detach(), iou_threshold=nms_thresh)
    return boxes[kept[:post_nms_top_n]], scores[kept[:post_nms_top_n]]


def region_similarity(
    boxes: torch.Tensor,
    sizes: torch.Tensor,
    histograms: torch.Tensor,
    *,
    image_size: float,
) -> torch.Tensor:
    alike = torch.minimum(histograms[:, None], histograms).sum(-1)
    near = torch.minimum(boxes[:, None, :2], boxes[:, :2])
    far = torch.maximum(boxes[:, None, 2:], boxes[:, 2:])
    both = sizes[:, None] + sizes
    gap = box_area(torch.cat([near, far], -1)) - both
    return alike + (1 - both / image_size) + (1 - gap / image_size)


def surrounding_box(boxes: torch.Tensor) -> torch.Tensor:
    return torch.cat([boxes[:, :2].amin(0), boxes[:, 2:].amax(0)])
