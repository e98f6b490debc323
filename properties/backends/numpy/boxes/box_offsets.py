"""Offsets of boxes in NumPy, under the names of reference/box_offsets.py."""

import numpy as np

from properties.backends.numpy.boxes.box_formats import box_convert


def bbox_transform(proposals: np.ndarray, ground_truth: np.ndarray) -> np.ndarray:
    (middle, size), (to, stretched) = (
        middles_and_sizes(proposals),
        middles_and_sizes(ground_truth),
    )
    return np.concatenate([(to - middle) / size, np.log(stretched / size)], 1)


def bbox_transform_inverse(proposals: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    middle, size = middles_and_sizes(proposals)
    moved = [middle + offsets[:, :2] * size, size * np.exp(offsets[:, 2:])]
    return box_convert(np.concatenate(moved, 1), in_fmt="cxcywh", out_fmt="xyxy")


def offset_boxes(
    anchors: np.ndarray, assigned_bb: np.ndarray, *, eps: float
) -> np.ndarray:
    (middle, size), (to, stretched) = (
        middles_and_sizes(anchors),
        middles_and_sizes(assigned_bb),
    )
    logs = np.log(eps + stretched / size)
    return np.concatenate([10 * (to - middle) / size, 5 * logs], 1)


def offset_inverse(anchors: np.ndarray, offset_preds: np.ndarray) -> np.ndarray:
    scales = np.array([10, 10, 5, 5], anchors.dtype)
    return bbox_transform_inverse(anchors, offset_preds / scales)


def middles_and_sizes(boxes: np.ndarray) -> list[np.ndarray]:
    """The middles and the sizes of boxes."""
    return np.split(box_convert(boxes, in_fmt="xyxy", out_fmt="cxcywh"), 2, axis=1)
