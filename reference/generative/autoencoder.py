"""Autoencoders without activations, whose best is known: principal components."""

import numpy as np

from reference.arguments import exact_rank, same_shape
from reference.classification.softmax_regression import linear


def linear_autoencoder(
    input: np.ndarray, encoder: np.ndarray, decoder: np.ndarray
) -> np.ndarray:
    """Squeeze features through a code of fewer numbers, and make them anew.

        y[n, j] = Σ_k decoder[j, k] · Σ_i encoder[k, i] · x[n, i]

    Shapes:
        input    (batch, features)
        encoder  (codes, features)
        decoder  (features, codes)
        result   (batch, features), input's dtype

    Raises:
        ValueError: shapes do not fit each other.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 14.1.
    """
    exact_rank("input", input, "batch features")
    same_shape("decoder and the encoder's transpose", decoder, encoder.T)
    return linear(linear(input, encoder), decoder)


def reconstruction_error(input: np.ndarray, reconstruction: np.ndarray) -> np.ndarray:
    """Average the squared distance of examples from what was made of them.

        y = Σ_n Σ_j (x[n, j] − r[n, j])² / batch

    Shapes:
        input, reconstruction  (batch, features)
        result                 (), input's dtype

    Raises:
        ValueError: shapes differ, or there are no examples.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 14.1.
    """
    exact_rank("input", input, "batch features")
    same_shape("input and reconstruction", input, reconstruction)
    if not len(input):
        raise ValueError("the batch is empty")
    y = np.zeros((), input.dtype)
    for i in np.ndindex(input.shape):
        difference = input[i] - reconstruction[i]
        y[()] += difference * difference
    y[()] /= len(input)
    return y
