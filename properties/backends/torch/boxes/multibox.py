"""Training and predictions of anchors in PyTorch, as reference/multibox.py has them."""

import torch

from properties.backends.torch.boxes.anchor_assignment import assign_anchor_to_bbox
from properties.backends.torch.boxes.box_offsets import offset_boxes, offset_inverse
from properties.backends.torch.boxes.suppression import nms


def multibox_target(
    anchors: torch.Tensor, labels: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    parts = zip(*[image_target(anchors[0], rows) for rows in labels])
    offsets, masks, classes = (torch.stack(part) for part in parts)
    return offsets, masks, classes


def image_target(
    anchors: torch.Tensor, rows: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    rows = rows[rows[:, 0] >= 0]
    assigned = assign_anchor_to_bbox(
        rows[:, 1:].detach(), anchors.detach(), iou_threshold=0.5
    )
    found = assigned >= 0
    classes = torch.zeros_like(assigned)
    classes[found] = rows[assigned[found], 0].long() + 1
    offsets = torch.zeros_like(anchors)
    boxes = rows[assigned[found], 1:]
    offsets[found] = offset_boxes(anchors[found], boxes, eps=1e-6)
    masks = found[:, None].expand_as(anchors).to(anchors.dtype)
    return offsets.flatten(), masks.flatten(), classes


def multibox_detection(
    cls_probs: torch.Tensor,
    offset_preds: torch.Tensor,
    anchors: torch.Tensor,
    *,
    nms_threshold: float,
    pos_threshold: float,
) -> torch.Tensor:
    output = []
    for probs, offsets in zip(cls_probs, offset_preds):
        confidence, classes = probs[1:].max(0)
        boxes = offset_inverse(anchors[0], offsets.reshape(-1, 4))
        kept = nms(boxes.detach(), confidence.detach(), iou_threshold=nms_threshold)
        removed = torch.ones_like(classes, dtype=torch.bool)
        removed[kept] = False
        order = torch.cat([kept, removed.nonzero()[:, 0]])
        is_sure = confidence >= pos_threshold
        classes = classes.where(is_sure & ~removed, -1).to(boxes.dtype)
        confidence = confidence.where(is_sure, 1 - confidence)
        rows = torch.cat([classes[:, None], confidence[:, None], boxes], 1)
        output.append(rows[order])
    return torch.stack(output)


def confident_detections(detections: torch.Tensor, *, threshold: float) -> torch.Tensor:
    return detections[(detections[:, 0] >= 0) & (detections[:, 1] >= threshold)]


def bbox_loss(
    bbox_preds: torch.Tensor, bbox_labels: torch.Tensor, bbox_masks: torch.Tensor
) -> torch.Tensor:
    masked = bbox_preds * bbox_masks, bbox_labels * bbox_masks
    return torch.nn.functional.l1_loss(*masked, reduction="none").mean(1)
