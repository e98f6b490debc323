"""Regions in NumPy, under the names of reference/region_proposals.py."""

import numpy as np

from properties.backends.numpy.boxes.box_formats import (
    box_area,
    clip_boxes_to_image,
    remove_small_boxes,
)
from properties.backends.numpy.boxes.box_offsets import bbox_transform_inverse
from properties.backends.numpy.boxes.suppression import nms


def svm_head(features: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return (features @ weight.T + bias).argmax(1)


def bbox_regression_loss(
    features: np.ndarray,
    weight: np.ndarray,
    targets: np.ndarray,
    *,
    weight_decay: float,
) -> np.ndarray:
    residuals = targets - features @ weight.T
    decay = weight.dtype.type(weight_decay) * (weight * weight).sum()
    return (residuals * residuals).sum() + decay


def region_proposals(
    objectness: np.ndarray,
    offsets: np.ndarray,
    anchors: np.ndarray,
    *,
    image_size: tuple[float, float],
    pre_nms_top_n: int,
    post_nms_top_n: int,
    nms_thresh: float,
    min_size: float,
) -> tuple[np.ndarray, np.ndarray]:
    top = np.argsort(-objectness, stable=True)[:pre_nms_top_n]
    boxes = bbox_transform_inverse(anchors[top], offsets[top])
    boxes, scores = clip_boxes_to_image(boxes, size=image_size), objectness[top]
    large = remove_small_boxes(boxes, min_size=min_size)
    boxes, scores = boxes[large], scores[large]
    kept = nms(boxes, scores, iou_threshold=nms_thresh)[:post_nms_top_n]
    return boxes[kept], scores[kept]


def region_similarity(
    boxes: np.ndarray, sizes: np.ndarray, histograms: np.ndarray, *, image_size: float
) -> np.ndarray:
    alike = np.minimum(histograms[:, None], histograms).sum(-1)
    near = np.minimum(boxes[:, None, :2], boxes[:, :2])
    far = np.maximum(boxes[:, None, 2:], boxes[:, 2:])
    both = sizes[:, None] + sizes
    gap = box_area(np.concatenate([near, far], -1)) - both
    return alike + (1 - both / image_size) + (1 - gap / image_size)


def surrounding_box(boxes: np.ndarray) -> np.ndarray:
    return np.concatenate([boxes[:, :2].min(0), boxes[:, 2:].max(0)])
