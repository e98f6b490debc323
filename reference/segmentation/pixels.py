"""Classes of pixels: what their prediction loses, their colours and their areas."""

import numpy as np

from reference.arguments import check_least, exact_rank
from reference.classification.cross_entropy import cross_entropy


def pixel_cross_entropy(
    input: np.ndarray, target: np.ndarray, *, ignore_index: int = 255
) -> np.ndarray:
    """Average the cross-entropy of an image's pixels, each image by itself.

        L[n] = −Σ_ij log softmax(x[n, :, i, j])[target[n, i, j]] / pixels
        pixels counts those whose target is not ignore_index; of none, L is NaN

    Shapes:
        input   (batch, classes, height, width), logits
        target  (batch, height, width), ints
        result  (batch), input's dtype

    Raises:
        ValueError: shapes that do not fit each other, or a target that is no class.

    Source: Long, Shelhamer and Darrell, "Fully Convolutional Networks for Semantic
        Segmentation" (arXiv:1411.4038).
    """
    exact_rank("input", input, "batch classes height width")
    if target.shape != (len(input), *input.shape[2:]):
        raise ValueError(
            f"input and target have shapes {input.shape} and {target.shape}; they must "
            "be (batch, classes, height, width) and (batch, height, width)"
        )
    losses = np.zeros(len(input), input.dtype)
    for n in range(len(input)):
        pair = input[n : n + 1], target[n : n + 1]
        losses[n] = cross_entropy(*pair, ignore_index=ignore_index)[()]
    return losses


def label_indices(image: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Read the classes of pixels from their colours.

        y[i, j] = k where image[i, j] = palette[k], the first of several;
                  0, the background, where a colour is of no class

    Shapes:
        image    (height, width, colours), ints
        palette  (classes, colours), ints: the background first
        result   (height, width), int64

    Raises:
        ValueError: shapes that do not fit each other, or no classes.

    Source: Zhang et al., "Dive into Deep Learning", "Semantic Segmentation and the
        Dataset".
    """
    exact_rank("image", image, "height width colours")
    exact_rank("palette", palette, "classes colours")
    if image.shape[2:] != palette.shape[1:]:
        raise ValueError(
            f"image has shape {image.shape}, palette {palette.shape}; they must be "
            "(height, width, colours) and (classes, colours)"
        )
    check_least(1, classes=len(palette))
    y = np.zeros(image.shape[:2], np.int64)
    for place in np.ndindex(y.shape):
        for k in reversed(range(len(palette))):
            if (image[place] == palette[k]).all():
                y[place] = k
    return y


def label_colors(target: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Paint classes in their colours.

        y[i, j, c] = palette[target[i, j], c]

    Shapes:
        target   (height, width), ints
        palette  (classes, colours), ints
        result   (height, width, colours), palette's dtype

    Raises:
        ValueError: other axes, or a target that is no class.

    Source: Zhang et al., "Dive into Deep Learning", "Semantic Segmentation and the
        Dataset".
    """
    exact_rank("target", target, "height width")
    exact_rank("palette", palette, "classes colours")
    _check_classes(target, len(palette))
    y = np.zeros((*target.shape, palette.shape[1]), palette.dtype)
    for place in np.ndindex(target.shape):
        y[place] = palette[target[place]]
    return y


def class_areas(target: np.ndarray, *, num_classes: int) -> np.ndarray:
    """Count the pixels of each class.

        y[k] = Σ_ij [target[i, j] = k]

    Shapes:
        target  (height, width), ints
        result  (num_classes), int64

    Units: pixels.

    Raises:
        ValueError: other axes, or a target that is no class.

    Source: Zhang et al., "Dive into Deep Learning", "Semantic Segmentation and the
        Dataset".
    """
    exact_rank("target", target, "height width")
    _check_classes(target, num_classes)
    areas = np.zeros(num_classes, np.int64)
    for k in target.flat:
        areas[k] += 1
    return areas


def _check_classes(target, count):
    if target.size and not 0 <= target.min() <= target.max() < count:
        raise ValueError(
            f"target has {target.min()} to {target.max()}; there are {count} classes"
        )
