"""Batch normalization folded into layers, in NumPy."""

import numpy as np


def fuse_conv_bn_weights(
    weight: np.ndarray,
    bias: np.ndarray | None,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    bn_weight: np.ndarray | None,
    bn_bias: np.ndarray | None,
    *,
    eps: float,
    transpose: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    slope = 1 / np.sqrt(running_var + eps)
    slope = slope if bn_weight is None else bn_weight * slope
    shift = (0 if bias is None else bias) - running_mean
    fused = np.moveaxis(np.moveaxis(weight, int(transpose), -1) * slope, -1, transpose)
    return fused, shift * slope + (0 if bn_bias is None else bn_bias)
