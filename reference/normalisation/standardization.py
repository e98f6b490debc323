"""Standardization of data: features, or the channels of images."""

import numpy as np

from reference.arguments import along
from reference.normalisation.moments import moments


def standardize(input: np.ndarray, *, dim: int, correction: int) -> np.ndarray:
    """Give the numbers along an axis mean 0 and standard deviation 1.

        y[i] = (x[i] − mean) / std,    x the numbers along dim
        mean = Σ_i x[i] / n,   std = √(Σ_i (x[i] − mean)² / (n − correction))
        Numbers that are all the same, or too few, are 0 / 0: NaN. (Some libraries
        leave such features as zeros.)

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Units: correction 0 is the biased variance, of data that are all there is; 1 the
        unbiased estimate from a sample. Both are in use: SciPy's ddof is 0 unless
        told otherwise, torch's correction 1.

    Raises:
        ValueError: dim is not an axis of input, or correction is neither 0 nor 1.

    Source: SciPy's documentation of scipy.stats.zscore; torch.var's of correction.
    """
    rows = along(input, dim)
    y = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        if not rows.shape[-1]:
            break
        mean, variance = moments(rows[n], correction)
        deviation = np.sqrt(variance)
        y[n] = [(x - mean) / deviation for x in rows[n]]
    return np.moveaxis(y, -1, dim)


def normalize_channels(
    input: np.ndarray, mean: np.ndarray, std: np.ndarray
) -> np.ndarray:
    """Standardize the channels of images by numbers that are known.

        y[…, c, i, j] = (x[…, c, i, j] − mean[c]) / std[c]

    Shapes:
        input      (*batch, channels, height, width)
        mean, std  (channels)
        result     as input, input's dtype

    Raises:
        ValueError: mean or std is not of the channels, or a std is 0.

    Source: torchvision's documentation of torchvision.transforms.Normalize.
    """
    channels = input.shape[-3:-2]
    for name, tensor in {"mean": mean, "std": std}.items():
        if not channels or tensor.shape != channels:
            raise ValueError(
                f"{name} has shape {tensor.shape}, input {input.shape}; they must be "
                "(channels) and (*batch, channels, height, width)"
            )
    if any(number == 0 for number in std):
        raise ValueError(f"std is {std}; none of it may be 0")
    y = np.zeros(input.shape, input.dtype)
    for at in np.ndindex(input.shape):
        c = at[-3]
        y[at] = (input[at] - mean[c]) / std[c]
    return y
