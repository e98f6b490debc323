"""Non-maximum suppression in PyTorch, under the names of reference/suppression.py."""

import torch

from properties.backends.torch.boxes.box_overlap import box_iou


def nms(
    boxes: torch.Tensor, scores: torch.Tensor, *, iou_threshold: float
) -> torch.Tensor:
    return suppressed(scores, box_iou(boxes, boxes) > iou_threshold)


def batched_nms(
    boxes: torch.Tensor,
    scores: torch.Tensor,
    idxs: torch.Tensor,
    *,
    iou_threshold: float,
) -> torch.Tensor:
    overlap = box_iou(boxes, boxes) > iou_threshold
    return suppressed(scores, overlap & (idxs[:, None] == idxs))


def suppressed(scores: torch.Tensor, overlap: torch.Tensor) -> torch.Tensor:
    """Indices by falling scores, without those that one kept before overlaps."""
    order = scores.argsort(descending=True, stable=True)
    overlap = overlap[order][:, order].triu(1)
    kept = torch.ones_like(order, dtype=torch.bool)
    for n in range(len(order)):
        kept &= ~(overlap[n] & kept[n])
    return order[kept]
