"""Proposals one by one: cut out and stretched, and masks put back in their place."""

import numpy as np

from reference.activations.rectifiers import relu
from reference.arguments import exact_rank
from reference.augmentation.geometry import resize, resized_crop
from reference.boxes.geometry import check_boxes
from reference.convolution.convolution import conv2d
from reference.convolution.transposed_convolution import conv_transpose2d
from reference.pooling.roi_pool import roi_align


def warp_proposals(
    input: np.ndarray, boxes: np.ndarray, *, size: tuple[int, int]
) -> np.ndarray:
    """Cut each proposal out of an image and stretch it to one size, as R-CNN does.

        y[k] = `resized_crop` of the image to the pixels
        top ≤ i < bottom, left ≤ j < right,   (left, top, right, bottom) = boxes[k]

    Shapes:
        input   (channels, height, width)
        boxes   (number of boxes, 4), ints
        result  (number of boxes, channels, *size), input's dtype

    Units: pixels; size is (height, width).

    Raises:
        ValueError: shapes other than these, or a box without pixels or out of the
            image.

    Source: Girshick et al., "Rich feature hierarchies for accurate object detection
        and semantic segmentation" (arXiv:1311.2524), without its margin.
    """
    exact_rank("input", input, "channels height width")
    check_boxes("boxes", boxes, axes=2)
    y = np.zeros((len(boxes), len(input), *size), input.dtype)
    for k, (left, top, right, bottom) in enumerate(boxes.tolist()):
        sides = {"height": bottom - top, "width": right - left}
        y[k] = resized_crop(input, top=top, left=left, **sides, size=size)
    return y


def mask_head(
    input: np.ndarray,
    boxes: np.ndarray,
    *weights: np.ndarray,
    output_size: tuple[int, int],
    spatial_scale: float = 1,
    sampling_ratio: int = 2,
) -> np.ndarray:
    """Predict a mask of each class for each proposal, of twice as many pixels as bins.

        r = `roi_align` of the proposals, aligned
        y = conv2d(relu(conv_transpose2d(relu(conv2d(r, W₁, b₁, padding=1)),
                                         W₂, b₂, stride=2)), W₃, b₃)

    Shapes:
        input    (batch, channels, height, width)
        boxes    (n, 5): a batch's index and two corners, as floats
        weights  W₁ (d, channels, 3, 3), b₁ (d); W₂ (d, e, 2, 2), b₂ (e);
                 W₃ (classes, e, 1, 1), b₃ (classes)
        result   (n, classes, 2 · output_size), logits, input's dtype

    Units: as of `roi_align`.

    Raises:
        ValueError: not six weights, or they do not fit; or as `roi_align`.

    Source: He et al., "Mask R-CNN" (arXiv:1703.06870), with one convolution.
    """
    if len(weights) != 6:
        raise ValueError(f"there are {len(weights)} weights; it takes six")
    first, first_bias, up, up_bias, last, last_bias = weights
    scale = {"output_size": output_size, "spatial_scale": spatial_scale}
    pooled = roi_align(
        input, boxes, **scale, sampling_ratio=sampling_ratio, aligned=True
    )
    hidden = relu(conv2d(pooled, first, first_bias, padding=1))
    hidden = relu(conv_transpose2d(hidden, up, up_bias, stride=2))
    return conv2d(hidden, last, last_bias)


def paste_mask(
    mask: np.ndarray, *, box: tuple[int, int, int, int], size: tuple[int, int]
) -> np.ndarray:
    """Stretch a mask to its box, and put it into an image of zeros.

        y[i, j] = resized[i − top, j − left] inside of the box, 0 outside
        resized = `resize` of the mask to (bottom − top, right − left)
        What of the box is out of the image is left out.

    Shapes:
        mask    (rows, columns), probabilities
        result  size, mask's dtype

    Units: pixels; box is (left, top, right, bottom), size (height, width).

    Raises:
        ValueError: mask has other axes, or box has no pixels.

    Source: He et al., "Mask R-CNN" (arXiv:1703.06870): resized to the box's size.
    """
    left, top, right, bottom = box
    exact_rank("mask", mask, "rows columns")
    if right <= left or bottom <= top:
        raise ValueError(f"box is {box}; it takes left < right, top < bottom")
    resized = resize(mask[None], size=(bottom - top, right - left))[0]
    y = np.zeros(size, mask.dtype)
    for i, j in np.ndindex(y.shape):
        if top <= i < bottom and left <= j < right:
            y[i, j] = resized[i - top, j - left]
    return y
