"""Boxes of objects in images that are flipped, cropped or stretched."""

import numpy as np

from reference.arguments import check_least


def flip_boxes(
    boxes: np.ndarray, *, size: tuple[int, int], horizontal: bool
) -> np.ndarray:
    """Flip boxes with their image.

        (width − x2, y1, width − x1, y2),  or (x1, height − y2, x2, height − y1)

    Shapes: boxes and result (n, 4): left, top, right, bottom.

    Units: pixels, corners between them: the image is 0 to width. size is (height,
        width).

    Raises:
        ValueError: boxes of another shape, or a side below 1.

    Source: torchvision's documentation of transforms.v2, bounding boxes.
    """
    _check(boxes, size)
    height, width = size
    flipped = np.zeros(boxes.shape, boxes.dtype)
    for k, (x1, y1, x2, y2) in enumerate(boxes):
        across, down = (width - x2, y1, width - x1, y2), (x1, height - y2, x2)
        flipped[k] = across if horizontal else (*down, height - y1)
    return flipped


def resize_boxes(
    boxes: np.ndarray, *, size: tuple[int, int], new_size: tuple[int, int]
) -> np.ndarray:
    """Stretch boxes with their image.

        x · new_width / width,  y · new_height / height

    Shapes: boxes and result (n, 4): left, top, right, bottom.

    Units: pixels; size and new_size are (height, width).

    Raises:
        ValueError: boxes of another shape, or a side below 1.

    Source: torchvision's documentation of transforms.v2, bounding boxes.
    """
    _check(boxes, size)
    _check(boxes, new_size)
    stretched = np.zeros(boxes.shape, boxes.dtype)
    for k, c in np.ndindex(boxes.shape):
        axis = 1 - c % 2
        stretched[k, c] = boxes[k, c] * new_size[axis] / size[axis]
    return stretched


def crop_boxes(
    boxes: np.ndarray, *, top: int, left: int, height: int, width: int
) -> np.ndarray:
    """Move boxes into a crop of their image, and cut off what is out of it.

        x ← clip(x − left, 0, width),  y ← clip(y − top, 0, height)
        A box that is wholly outside has no area left.

    Shapes: boxes and result (n, 4): left, top, right, bottom.

    Units: pixels.

    Raises:
        ValueError: boxes of another shape, or a side below 1.

    Source: torchvision's documentation of transforms.v2, bounding boxes.
    """
    _check(boxes, (height, width))
    cropped = np.zeros(boxes.shape, boxes.dtype)
    for k, c in np.ndindex(boxes.shape):
        start, side = (top, height) if c % 2 else (left, width)
        cropped[k, c] = np.minimum(np.maximum(boxes[k, c] - start, 0), side)
    return cropped


def _check(boxes, size):
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"boxes has shape {boxes.shape}; it must be (n, 4)")
    check_least(1, height=size[0], width=size[1])
