"""Batch normalization, folded into the layer before it."""

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
    """Make the weight and bias of a layer that normalizes what it gives by itself.

        weight'[o, …] = weight[o, …] · slope[o]
        bias'[o] = (bias[o] − running_mean[o]) · slope[o] + bn_bias[o]
        slope[o] = bn_weight[o] / √(running_var[o] + eps)
        Only the normalization that does not train can be folded: it is affine.

    Shapes:
        weight   (out_features, …): a linear layer's or a convolution's; with
                 transpose, a transposed convolution's, (in_features, out_features, …)
        others   (out_features), or None: no bias is zeros, no bn_weight ones
        result   (weight', bias'), as weight and (out_features)

    Raises:
        ValueError: a tensor that is not of the outputs, or an eps below 0.

    Source: PyTorch's documentation of torch.nn.utils.fusion.fuse_conv_bn_weights.
    """
    axis = 1 if transpose else 0
    outputs = weight.shape[axis : axis + 1]
    for name, tensor in {
        "bias": bias,
        "running_mean": running_mean,
        "running_var": running_var,
        "bn_weight": bn_weight,
        "bn_bias": bn_bias,
    }.items():
        if tensor is not None and tensor.shape != outputs:
            raise ValueError(f"{name} has shape {tensor.shape}; it must be {outputs}")
    if eps < 0:
        raise ValueError(f"eps is {eps}; it must not be negative")
    fused_weight = np.zeros(weight.shape, weight.dtype)
    fused_bias = np.zeros(outputs, weight.dtype)
    for o in range(*outputs):
        slope = 1 / np.sqrt(running_var[o] + eps)
        if bn_weight is not None:
            slope = slope * bn_weight[o]
        for at in np.ndindex(weight.shape):
            if at[axis] == o:
                fused_weight[at] = weight[at] * slope
        shift = -running_mean[o] if bias is None else bias[o] - running_mean[o]
        fused_bias[o] = shift * slope + (0 if bn_bias is None else bn_bias[o])
    return fused_weight, fused_bias
