import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.boxes.multibox import multibox_detection


def calc_loss(
    cls_preds: Tensor,
    cls_labels: Tensor,
    bbox_preds: Tensor,
    bbox_labels: Tensor,
    bbox_masks: Tensor,
) -> Tensor:
    logits, labels = cls_preds.flatten(0, 1), cls_labels.flatten()
    losses = F.cross_entropy(logits, labels, reduction="none")
    masked = bbox_preds * bbox_masks, bbox_labels * bbox_masks
    offsets = F.l1_loss(*masked, reduction="none").mean(1)
    return losses.reshape(len(cls_preds), -1).mean(1) + offsets


def class_error(cls_preds: Tensor, cls_labels: Tensor) -> Tensor:
    wrong = cls_preds.argmax(-1) != cls_labels
    return wrong.sum().to(cls_preds.dtype) / cls_labels.numel()


def detect(
    cls_preds: Tensor,
    bbox_preds: Tensor,
    anchors: Tensor,
    *,
    nms_threshold: float,
    pos_threshold: float,
) -> Tensor:
    probs = F.softmax(cls_preds, dim=2).permute(0, 2, 1)
    thresholds = {"nms_threshold": nms_threshold, "pos_threshold": pos_threshold}
    [rows] = multibox_detection(probs, bbox_preds, anchors, **thresholds)
    return rows[rows[:, 0] != -1]
