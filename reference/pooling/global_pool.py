"""Global pooling: one number for each channel."""

import numpy as np

from reference.classification.softmax import softmax


def global_avg_pool(input: np.ndarray) -> np.ndarray:
    """Take the mean of each channel.

        y[n, c] = Σ_pixel x[n, c, pixel] / (number of pixels)

    Shapes:
        input   (batch, channels, *size), any number of axes in size but none
        result  (batch, channels), input's dtype

    Raises:
        ValueError: input has no axes of pixels, or no pixels.

    Source: Lin, Chen and Yan, "Network In Network" (arXiv:1312.4400).
    """
    _check_pixels(input)
    y = np.zeros(input.shape[:2], input.dtype)
    for n, c in np.ndindex(*y.shape):
        y[n, c] = sum(input[n, c].flat) / input[n, c].size
    return y


def global_max_pool(input: np.ndarray) -> np.ndarray:
    """Take the maximum of each channel.

        y[n, c] = max_pixel x[n, c, pixel],    NaN if one of them is

    Shapes:
        input   (batch, channels, *size), any number of axes in size but none
        result  (batch, channels), input's dtype

    Raises:
        ValueError: input has no axes of pixels, or no pixels.

    Source: PyTorch's documentation of torch.nn.AdaptiveMaxPool2d, output size 1. Its
        gradient goes to the first of equal pixels.
    """
    _check_pixels(input)
    y = np.zeros(input.shape[:2], input.dtype)
    for n, c in np.ndindex(*y.shape):
        greatest = input[n, c].flat[0]
        for x in input[n, c].flat:
            greatest = greatest if greatest != greatest or x <= greatest else x
        y[n, c] = greatest
    return y


def global_avg_pool_softmax(input: np.ndarray) -> np.ndarray:
    """Classify images that have one channel for each class, without a weight.

        p[n] = softmax(mean of each channel of x[n])

    Shapes:
        input   (batch, classes, *size), any number of axes in size but none
        result  (batch, classes), input's dtype

    Raises:
        ValueError: input has no axes of pixels, or no pixels.

    Source: Lin, Chen and Yan, "Network In Network" (arXiv:1312.4400).
    """
    return softmax(global_avg_pool(input), dim=1)


def _check_pixels(input: np.ndarray) -> None:
    if input.ndim < 3 or 0 in input.shape[2:]:
        raise ValueError(
            f"input has shape {input.shape}; its axes must be batch, channels and at "
            "least one more, of pixels"
        )
