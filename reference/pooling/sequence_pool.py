"""Pooling over the steps of sequences of different lengths."""

import numpy as np


def sequence_avg_pool(
    input: np.ndarray, valid_lens: np.ndarray | None = None
) -> np.ndarray:
    """Take the mean of each feature over the valid steps of a sequence.

        y[n, c] = Σ_{t < len} x[n, t, c] / len,    len = valid_lens[n]
        Without valid_lens all steps are valid, padded ones too.

    Shapes:
        input       (batch, steps, features)
        valid_lens  (batch), whole numbers, or None
        result      (batch, features), input's dtype

    Units: valid_lens counts steps.

    Raises:
        ValueError: input has other axes or no steps, or valid_lens another shape or
            a number below 1 or above steps.

    Source: Iyyer et al., "Deep Unordered Composition Rivals Syntactic Methods for
        Text Classification" (ACL 2015), the average of a text's vectors.
    """
    y = np.zeros(input.shape[::2], input.dtype)
    for n, steps in enumerate(_lengths(input, valid_lens)):
        for c in range(input.shape[2]):
            y[n, c] = sum(input[n, :steps, c]) / steps
    return y


def sequence_max_pool(
    input: np.ndarray, valid_lens: np.ndarray | None = None
) -> np.ndarray:
    """Take the maximum of each feature over the valid steps of a sequence.

        y[n, c] = max_{t < len} x[n, t, c],    len = valid_lens[n];  NaN if one of
        them is. Without valid_lens all steps are valid, padded ones too. The
        gradient goes to the first of equal steps.

    Shapes:
        input       (batch, steps, features)
        valid_lens  (batch), whole numbers, or None
        result      (batch, features), input's dtype

    Units: valid_lens counts steps.

    Raises:
        ValueError: as `sequence_avg_pool`.

    Source: Kim, "Convolutional Neural Networks for Sentence Classification"
        (arXiv:1408.5882), max-over-time pooling.
    """
    y = np.zeros(input.shape[::2], input.dtype)
    for n, steps in enumerate(_lengths(input, valid_lens)):
        for c in range(input.shape[2]):
            greatest = input[n, 0, c]
            for x in input[n, :steps, c]:
                greatest = greatest if greatest != greatest or x <= greatest else x
            y[n, c] = greatest
    return y


def _lengths(input: np.ndarray, valid_lens: np.ndarray | None) -> list[int]:
    if input.ndim != 3 or input.shape[1] == 0:
        raise ValueError(
            f"input has shape {input.shape}; it must be (batch, steps, features), "
            "with at least one step"
        )
    batch, steps, _ = input.shape
    if valid_lens is None:
        return [steps] * batch
    if valid_lens.shape != (batch,):
        raise ValueError(f"valid_lens has shape {valid_lens.shape}, not ({batch},)")
    if not all(1 <= length <= steps for length in valid_lens):
        raise ValueError(f"valid_lens is {valid_lens}; each must be 1 to {steps}")
    return [int(length) for length in valid_lens]
