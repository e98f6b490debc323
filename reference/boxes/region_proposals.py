"""Regions that may hold an object: R-CNN's heads, proposals, and selective search."""

import numpy as np

from reference.arguments import exact_rank
from reference.boxes.box_formats import clip_boxes_to_image, remove_small_boxes
from reference.boxes.box_offsets import bbox_transform_inverse
from reference.boxes.geometry import area, by_falling_scores, check_boxes, surrounding
from reference.boxes.suppression import nms


def svm_head(features: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Classify regions by one linear machine for each class: the highest score wins.

        argmax_k  Σ_d features[n, d] · weight[k, d] + bias[k],  the first of several

    Shapes:
        features  (n, dimensions)
        weight    (classes, dimensions)
        bias      (classes)
        result    (n), int64

    Raises:
        ValueError: shapes that do not fit each other, or no classes.

    Source: Girshick et al., "Rich feature hierarchies for accurate object detection
        and semantic segmentation" (arXiv:1311.2524), section 2.
    """
    _check_linear(features, weight)
    if bias.shape != weight.shape[:1] or not len(bias):
        raise ValueError(f"bias is {bias.shape}; there are {len(weight)} classes")
    winners = np.zeros(len(features), np.int64)
    for n, phi in enumerate(features):
        scores = [sum(phi * row) + shift for row, shift in zip(weight, bias)]
        winners[n] = max(range(len(scores)), key=lambda k: scores[k])
    return winners


def bbox_regression_loss(
    features: np.ndarray,
    weight: np.ndarray,
    targets: np.ndarray,
    *,
    weight_decay: float = 0.0,
) -> np.ndarray:
    """Sum the squares of what a linear regressor of boxes is off, and its weights'.

        Σ_n Σ_t (targets[n, t] − Σ_d features[n, d] · weight[t, d])²
        + weight_decay · Σ weight²

    Shapes:
        features  (n, dimensions)
        weight    (4, dimensions)
        targets   (n, 4), as from `bbox_transform`
        result    (), features' dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Girshick et al. (arXiv:1311.2524), appendix C.
    """
    _check_linear(features, weight)
    if targets.shape != (len(features), len(weight)):
        raise ValueError(f"targets has shape {targets.shape}; it must be (n, 4)")
    total = 0
    for n, t in np.ndindex(targets.shape):
        residual = targets[n, t] - sum(features[n] * weight[t])
        total += residual * residual
    if weight_decay:
        total += weight_decay * sum(w * w for w in weight.flat)
    return np.array(total, features.dtype)


def region_proposals(
    objectness: np.ndarray,
    offsets: np.ndarray,
    anchors: np.ndarray,
    *,
    image_size: tuple[float, float],
    pre_nms_top_n: int,
    post_nms_top_n: int,
    nms_thresh: float,
    min_size: float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Propose regions: the anchors most like objects, moved, clipped and thinned out.

        1. the pre_nms_top_n anchors of largest objectness, the lower index first
        2. `bbox_transform_inverse`  3. `clip_boxes_to_image`
        4. `remove_small_boxes`      5. `nms`: the first post_nms_top_n

    Shapes:
        objectness  (n)
        offsets     (n, 4): dx, dy, dw, dh
        anchors     (n, 4): left, top, right, bottom
        results     boxes (k, 4) and their objectness (k), by falling objectness,
                    anchors' dtype

    Units: image_size is (height, width), in the boxes' units.

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Ren et al., "Faster R-CNN: Towards Real-Time Object Detection with Region
        Proposal Networks" (arXiv:1506.01497), section 3.
    """
    check_boxes("anchors", anchors, axes=2)
    if objectness.shape != anchors.shape[:1]:
        raise ValueError(f"objectness is {objectness.shape}; anchors {anchors.shape}")
    if offsets.shape != anchors.shape:
        raise ValueError(f"offsets is {offsets.shape}; anchors {anchors.shape}")
    top = by_falling_scores(objectness)[:pre_nms_top_n]
    boxes = bbox_transform_inverse(anchors[top], offsets[top])
    boxes, scores = clip_boxes_to_image(boxes, size=image_size), objectness[top]
    large = remove_small_boxes(boxes, min_size=min_size)
    boxes, scores = boxes[large], scores[large]
    kept = nms(boxes, scores, iou_threshold=nms_thresh)[:post_nms_top_n]
    return boxes[kept], scores[kept]


def region_similarity(
    boxes: np.ndarray, sizes: np.ndarray, histograms: np.ndarray, *, image_size: float
) -> np.ndarray:
    """Measure how alike regions are, and how well they fill each other's gaps.

        s[i, j] = Σ_k min(histograms[i, k], histograms[j, k])
                + 1 − (sizes[i] + sizes[j]) / image_size
                + 1 − (area of the box around both − sizes[i] − sizes[j]) / image_size
        Selective search merges the most similar neighbours, again and again.

    Shapes:
        boxes       (n, 4): left, top, right, bottom
        sizes       (n)
        histograms  (n, bins): of colours and of textures, side by side
        result      (n, n), sizes' dtype

    Units: sizes, areas and image_size count pixels.

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Uijlings et al., "Selective Search for Object Recognition", section 3.2.
    """
    check_boxes("boxes", boxes, axes=2)
    exact_rank("histograms", histograms, "regions bins")
    if not sizes.shape == histograms.shape[:1] == boxes.shape[:1]:
        raise ValueError(f"{boxes.shape}, {sizes.shape} and {histograms.shape} differ")
    similarities = np.zeros((len(boxes), len(boxes)), sizes.dtype)
    for i, j in np.ndindex(similarities.shape):
        alike = sum(np.minimum(h, g) for h, g in zip(histograms[i], histograms[j]))
        both = sizes[i] + sizes[j]
        gap = area(surrounding(boxes[i], boxes[j])) - both
        similarities[i, j] = alike + (1 - both / image_size) + (1 - gap / image_size)
    return similarities


def surrounding_box(boxes: np.ndarray) -> np.ndarray:
    """Draw the smallest box around some: the proposal that merged regions make.

        (min left, min top, max right, max bottom)

    Shapes:
        boxes   (n, 4), n ≥ 1: left, top, right, bottom
        result  (4), boxes' dtype

    Raises:
        ValueError: boxes of another shape, or none.

    Source: Uijlings et al., "Selective Search for Object Recognition", section 3.2.
    """
    check_boxes("boxes", boxes, axes=2)
    if not len(boxes):
        raise ValueError("there are no boxes")
    around = boxes[0]
    for box in boxes[1:]:
        around = surrounding(around, box)
    return np.array([*around], boxes.dtype)


def _check_linear(features, weight):
    exact_rank("features", features, "regions dimensions")
    exact_rank("weight", weight, "outputs dimensions")
    if features.shape[1] != weight.shape[1]:
        raise ValueError(f"features are {features.shape}, weight {weight.shape}")
