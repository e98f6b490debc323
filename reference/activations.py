"""Functions that layers apply to each number by itself."""

import numpy as np


def sigmoid(input: np.ndarray) -> np.ndarray:
    """Squash numbers into (0, 1).

        y = 1 / (1 + e^−x) = e^min(x, 0) / (1 + e^−|x|)

    Shapes:
        input   any
        result  as input, input's dtype

    Source: Goodfellow, Bengio and Courville, "Deep Learning", chapter 3.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        # The second form: no exponent is positive, so that none overflows.
        y[i] = np.exp(np.minimum(input[i], 0)) / (1 + np.exp(-abs(input[i])))
    return y
