"""Errors of boxes in PyTorch under the names of reference/box_errors.py."""

import torch


def bbox_eval(
    bbox_preds: torch.Tensor, bbox_labels: torch.Tensor, bbox_masks: torch.Tensor
) -> torch.Tensor:
    return torch.abs((bbox_labels - bbox_preds) * bbox_masks).sum()


def bbox_mae(
    bbox_preds: torch.Tensor, bbox_labels: torch.Tensor, bbox_masks: torch.Tensor
) -> torch.Tensor:
    return bbox_eval(bbox_preds, bbox_labels, bbox_masks) / bbox_masks.sum()
