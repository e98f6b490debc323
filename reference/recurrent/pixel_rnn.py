"""Recurrence over the pixels of an image."""

import numpy as np

from reference.classification.softmax_regression import linear


def pixel_rnn(
    input: np.ndarray,
    weight: np.ndarray,
    weight_left: np.ndarray,
    weight_up: np.ndarray,
    bias: np.ndarray | None,
) -> np.ndarray:
    """Let each pixel's state follow from those of its left and its upper neighbour.

        h[i, j] = tanh(weight · x[i, j] + bias + weight_left · h[i, j − 1]
                       + weight_up · h[i − 1, j]),   h = 0 outside the image
        h[i, j] has seen the pixels that are neither below nor right of (i, j).

    Shapes:
        input   (height, width, features)
        weight  (hidden, features)
        weight_left, weight_up  (hidden, hidden)
        bias    (hidden), or None for zeros
        result  (height, width, hidden)

    Raises:
        ValueError: shapes that do not fit each other.

    Source: the notes' h[x, y] = f(h[x − 1, y], h[x, y − 1], W), after van den Oord,
        Kalchbrenner and Kavukcuoglu, "Pixel Recurrent Neural Networks"
        (arXiv:1601.06759), with a vanilla cell.
    """
    if input.ndim != 3:
        raise ValueError(
            f"input has shape {input.shape}; it must be (height, width, features)"
        )
    square = (len(weight), len(weight))
    if not weight_left.shape == weight_up.shape == square:
        raise ValueError(
            f"weight_left and weight_up have shapes {weight_left.shape} and "
            f"{weight_up.shape}; they must be {square}"
        )
    a = linear(input, weight, bias)
    h = np.zeros(a.shape, a.dtype)
    for i, j in np.ndindex(a.shape[:2]):
        left = h[i, j - 1] if j else np.zeros(a.shape[2], a.dtype)
        up = h[i - 1, j] if i else np.zeros(a.shape[2], a.dtype)
        sums = a[i, j] + linear(left, weight_left) + linear(up, weight_up)
        for k in range(len(sums)):
            h[i, j, k] = np.tanh(sums[k])
    return h
