"""Functions of two slopes, one for numbers above 0 and one for the others."""

import numpy as np


def relu(input: np.ndarray) -> np.ndarray:
    """Keep what is positive, and put 0 in place of the rest.

        y[i] = max(0, x[i]), NaN if x[i] is;  its slope at 0 is taken to be 0

    Shapes: input and result (*size), any.

    Source: PyTorch's documentation of torch.nn.ReLU; the slope at 0 is what PyTorch's
        autograd takes.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        if not input[i] <= 0:  # NaN is kept
            y[i] = input[i]
    return y


def leaky_relu(input: np.ndarray, *, negative_slope: float = 0.01) -> np.ndarray:
    """Keep what is positive, and scale the rest.

        y[i] = x[i] if x[i] > 0, else negative_slope · x[i];  its slope at 0 is
        taken to be negative_slope

    Shapes: input and result (*size), any.

    Source: PyTorch's documentation of torch.nn.LeakyReLU; the slope at 0 is what
        PyTorch's autograd takes.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = input[i] if input[i] > 0 else negative_slope * input[i]
    return y


def prelu(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Keep what is positive, and scale the rest by a learned number of its channel.

        y[n, c, …] = x[n, c, …] if x[n, c, …] > 0, else weight[c] · x[n, c, …];
        its slope at 0 is taken to be weight[c]

    Shapes:
        input   (batch, channels, *size); fewer axes have one channel
        weight  (channels), or (1) for one number that all channels share
        result  as input

    Raises:
        ValueError: weight is not of one axis, or of another number of channels.

    Source: PyTorch's documentation of torch.nn.PReLU; He et al., "Delving Deep into
        Rectifiers" (arXiv:1502.01852).
    """
    channels = input.shape[1] if input.ndim > 1 else 1
    if weight.shape not in ((1,), (channels,)):
        raise ValueError(
            f"weight has shape {weight.shape}; it must be (1,) or ({channels},)"
        )
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        slope = weight[i[1] if len(weight) > 1 else 0]
        y[i] = input[i] if input[i] > 0 else slope * input[i]
    return y
