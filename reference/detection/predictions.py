"""What a single-shot detector predicts at each scale, and how scales are joined."""

import numpy as np

from reference.arguments import exact_rank
from reference.convolution.convolution import conv2d


def cls_predictor(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray, *, num_classes: int
) -> np.ndarray:
    """Score, at each pixel, each of its anchors for each class and the background.

        y = conv2d(x, weight, bias, padding=1)
        y[n, a · (num_classes + 1) + k, i, j] is the logit of class k, 0 for the
        background, of anchor a of pixel (i, j)

    Shapes:
        input   (batch, channels, height, width)
        weight  (anchors · (num_classes + 1), channels, 3, 3)
        bias    (anchors · (num_classes + 1))
        result  (batch, anchors · (num_classes + 1), height, width), input's dtype

    Raises:
        ValueError: weight is not of windows of 3 × 3, or has not so many filters for
            some number of anchors; or no class.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    if num_classes < 1:
        raise ValueError(f"num_classes is {num_classes}; it must be at least 1")
    return _predictions(input, weight, bias, num_classes + 1)


def bbox_predictor(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Predict, at each pixel, the four offsets of each of its anchors.

        y = conv2d(x, weight, bias, padding=1)
        y[n, 4 · a + k, i, j] is offset k of anchor a of pixel (i, j)

    Shapes:
        input   (batch, channels, height, width)
        weight  (anchors · 4, channels, 3, 3)
        bias    (anchors · 4)
        result  (batch, anchors · 4, height, width), input's dtype

    Raises:
        ValueError: as `cls_predictor`, for 4 numbers to an anchor.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    return _predictions(input, weight, bias, 4)


def flatten_pred(pred: np.ndarray) -> np.ndarray:
    """Write predictions in one row for each image: by pixel, then by channel.

        y[n, (i · width + j) · channels + c] = pred[n, c, i, j]

    Shapes:
        pred    (batch, channels, height, width)
        result  (batch, height · width · channels), pred's dtype

    Raises:
        ValueError: pred has other axes.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    exact_rank("pred", pred, "batch channels height width")
    batch, channels, height, width = pred.shape
    y = np.zeros((batch, height * width * channels), pred.dtype)
    for n, c, i, j in np.ndindex(pred.shape):
        y[n, (i * width + j) * channels + c] = pred[n, c, i, j]
    return y


def concat_preds(*preds: np.ndarray) -> np.ndarray:
    """Join the predictions of all scales, the first one's first.

        y[n] = flatten_pred(preds[0])[n], flatten_pred(preds[1])[n], …

    Shapes:
        preds   (batch, channels, height, width), each its own but for the batch
        result  (batch, Σ height · width · channels), the first one's dtype

    Raises:
        ValueError: there are none, or of batches of other sizes, or of other axes.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    if len({len(pred) for pred in preds}) != 1:
        raise ValueError(f"preds have shapes {[p.shape for p in preds]}; one batch")
    rows = [flatten_pred(pred) for pred in preds]
    y = np.zeros((len(rows[0]), sum(row.shape[1] for row in rows)), preds[0].dtype)
    start = 0
    for row in rows:
        y[:, start : start + row.shape[1]] = row
        start += row.shape[1]
    return y


def _predictions(input, weight, bias, numbers):
    if weight.shape[2:] != (3, 3) or len(weight) % numbers:
        raise ValueError(
            f"weight has shape {weight.shape}; it must be (anchors · {numbers}, "
            "channels, 3, 3)"
        )
    return conv2d(input, weight, bias, padding=1)
