"""Formats of boxes in NumPy, under the names of reference/box_formats.py."""

import numpy as np


def box_convert(boxes: np.ndarray, *, in_fmt: str, out_fmt: str) -> np.ndarray:
    if in_fmt == out_fmt:
        return boxes.copy()
    first, second = boxes[..., :2], boxes[..., 2:]
    if in_fmt == "xywh":
        second = first + second
    elif in_fmt == "cxcywh":
        first, second = first - second / 2, first + second / 2
    if out_fmt == "xywh":
        second = second - first
    elif out_fmt == "cxcywh":
        first, second = (first + second) / 2, second - first
    return np.concatenate([first, second], -1)


def box_area(boxes: np.ndarray) -> np.ndarray:
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


def scale_boxes(boxes: np.ndarray, *, size: tuple[float, float]) -> np.ndarray:
    return boxes * np.array(size[::-1] * 2, boxes.dtype)


def clip_boxes_to_image(boxes: np.ndarray, *, size: tuple[float, float]) -> np.ndarray:
    return np.clip(boxes, 0, np.array(size[::-1] * 2, boxes.dtype))


def remove_small_boxes(boxes: np.ndarray, *, min_size: float) -> np.ndarray:
    sides = boxes[:, 2:] - boxes[:, :2]
    return np.flatnonzero((sides >= boxes.dtype.type(min_size)).all(1))
