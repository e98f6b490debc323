"""Assignment of anchors in PyTorch, as reference/anchor_assignment.py names it."""

import torch

from properties.backends.torch.boxes.box_overlap import box_iou


def assign_anchor_to_bbox(
    ground_truth: torch.Tensor, anchors: torch.Tensor, *, iou_threshold: float
) -> torch.Tensor:
    overlaps = box_iou(anchors, ground_truth)
    truths = len(ground_truth)
    if not overlaps.numel():
        return torch.full((len(anchors),), -1, device=anchors.device)
    best, assigned = overlaps.max(1)
    assigned = assigned.where(best >= iou_threshold, -1)
    for _ in range(min(overlaps.shape)):
        place = overlaps.argmax()
        anchor, truth = place // truths, place % truths
        assigned[anchor] = truth
        overlaps[anchor], overlaps[:, truth] = -1, -1
    return assigned
