"""How boxes are written down, and what is done to one box at a time."""

import numpy as np

from reference.boxes.geometry import area, check_boxes

FORMATS = ("xyxy", "xywh", "cxcywh")


def box_convert(boxes: np.ndarray, *, in_fmt: str, out_fmt: str) -> np.ndarray:
    """Write boxes in another format.

        xyxy     left, top, right, bottom
        xywh     left, top, right − left, bottom − top
        cxcywh   (left + right) / 2, (top + bottom) / 2, right − left, bottom − top

    Shapes:
        boxes   (*batch, 4)
        result  as boxes, boxes' dtype

    Units: any; y points down, as rows of an image do.

    Raises:
        ValueError: an unknown format, or boxes without a last axis of 4.

    Source: torchvision's documentation of torchvision.ops.box_convert.
    """
    check_boxes("boxes", boxes)
    for name, format in [("in_fmt", in_fmt), ("out_fmt", out_fmt)]:
        if format not in FORMATS:
            raise ValueError(f"{name} is {format!r}; it may be one of {FORMATS}")
    converted = np.zeros(boxes.shape, boxes.dtype)
    for n in np.ndindex(boxes.shape[:-1]):
        if in_fmt == out_fmt:
            converted[n] = boxes[n]
        else:
            converted[n] = _written(_corners(boxes[n], in_fmt), out_fmt)
    return converted


def _corners(box, format):
    x, y, right, bottom = box
    if format == "xywh":
        return x, y, x + right, y + bottom
    if format == "cxcywh":
        return x - right / 2, y - bottom / 2, x + right / 2, y + bottom / 2
    return box


def _written(corners, format):
    left, top, right, bottom = corners
    if format == "xywh":
        return left, top, right - left, bottom - top
    if format == "cxcywh":
        return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    return corners


def box_area(boxes: np.ndarray) -> np.ndarray:
    """Take the area of boxes.

        area = (right − left) · (bottom − top),   negative where one side is

    Shapes:
        boxes   (*batch, 4): left, top, right, bottom
        result  (*batch), boxes' dtype

    Units: the square of the boxes'.

    Raises:
        ValueError: boxes without a last axis of 4.

    Source: torchvision's documentation of torchvision.ops.box_area.
    """
    check_boxes("boxes", boxes)
    areas = np.zeros(boxes.shape[:-1], boxes.dtype)
    for n in np.ndindex(areas.shape):
        areas[n] = area(boxes[n])
    return areas


def scale_boxes(boxes: np.ndarray, *, size: tuple[float, float]) -> np.ndarray:
    """Turn boxes in shares of an image into boxes in its pixels.

        (left · width, top · height, right · width, bottom · height)
        The notes' bbox_scale is (width, height, width, height).

    Shapes:
        boxes   (*batch, 4): left, top, right, bottom
        result  as boxes, boxes' dtype

    Units: size is (height, width) in pixels.

    Raises:
        ValueError: boxes without a last axis of 4, or a side that is not positive.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.1.
    """
    check_boxes("boxes", boxes)
    height, width = size
    if not (height > 0 and width > 0):
        raise ValueError(f"size is {size}; both sides must be positive")
    scaled = np.zeros(boxes.shape, boxes.dtype)
    for *n, side in np.ndindex(boxes.shape):
        scaled[*n, side] = boxes[*n, side] * (height if side % 2 else width)
    return scaled


def clip_boxes_to_image(boxes: np.ndarray, *, size: tuple[float, float]) -> np.ndarray:
    """Move each corner that is outside an image to its border.

        x′ = min(max(x, 0), width),   y′ = min(max(y, 0), height)

    Shapes:
        boxes   (*batch, 4): left, top, right, bottom
        result  as boxes, boxes' dtype

    Units: size is (height, width), in the boxes' units.

    Raises:
        ValueError: boxes without a last axis of 4.

    Source: torchvision's documentation of torchvision.ops.clip_boxes_to_image.
    """
    check_boxes("boxes", boxes)
    height, width = size
    clipped = np.zeros(boxes.shape, boxes.dtype)
    for *n, side in np.ndindex(boxes.shape):
        most = height if side % 2 else width
        inside = boxes[*n, side]
        if inside < 0:
            inside = 0
        elif inside > most:
            inside = most
        clipped[*n, side] = inside
    return clipped


def remove_small_boxes(boxes: np.ndarray, *, min_size: float) -> np.ndarray:
    """Find the boxes both of whose sides are long enough.

        right − left ≥ min_size and bottom − top ≥ min_size

    Shapes:
        boxes   (n, 4): left, top, right, bottom
        result  (number that are kept), int64: where they are in boxes, ascending

    Raises:
        ValueError: boxes of another shape.

    Source: torchvision's documentation of torchvision.ops.remove_small_boxes.
    """
    check_boxes("boxes", boxes, axes=2)
    kept = [
        n
        for n, (left, top, right, bottom) in enumerate(boxes)
        if right - left >= min_size and bottom - top >= min_size
    ]
    return np.array(kept, np.int64)
