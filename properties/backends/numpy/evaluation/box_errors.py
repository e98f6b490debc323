"""Errors of boxes in NumPy under the names of reference/box_errors.py."""

import numpy as np


def bbox_eval(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    return np.abs((bbox_labels - bbox_preds) * bbox_masks).sum()


def bbox_mae(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    return bbox_eval(bbox_preds, bbox_labels, bbox_masks) / bbox_masks.sum()
