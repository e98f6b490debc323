"""Batch normalization folded into layers, as torch does it."""

import torch
from torch import Tensor
from torch.nn.utils import fusion


def fuse_conv_bn_weights(
    weight: Tensor,
    bias: Tensor | None,
    running_mean: Tensor,
    running_var: Tensor,
    bn_weight: Tensor | None,
    bn_bias: Tensor | None,
    *,
    eps: float,
    transpose: bool = False,
) -> tuple[Tensor, Tensor]:
    return fusion.fuse_conv_bn_weights(
        weight, bias, running_mean, running_var, eps, bn_weight, bn_bias, transpose
    )


def fuse_linear_bn_weights(
    weight: Tensor,
    bias: Tensor | None,
    running_mean: Tensor,
    running_var: Tensor,
    bn_weight: Tensor | None,
    bn_bias: Tensor | None,
    *,
    eps: float,
    transpose: bool = False,
) -> tuple[Tensor, Tensor]:
    if transpose or weight.ndim != 2 or bn_weight is None or bn_bias is None:
        raise NotImplementedError("it is for linear layers, and affine normalizations")
    return fusion.fuse_linear_bn_weights(
        weight, bias, running_mean, running_var, eps, bn_weight, bn_bias
    )


def fuse_conv_bn_eval(
    weight: Tensor,
    bias: Tensor | None,
    running_mean: Tensor,
    running_var: Tensor,
    bn_weight: Tensor | None,
    bn_bias: Tensor | None,
    *,
    eps: float,
    transpose: bool = False,
) -> tuple[Tensor, Tensor]:
    """Fold modules: a convolution, transposed or not, and its normalization."""
    if not 3 <= weight.ndim <= 5 or bn_weight is None or bn_bias is None:
        raise NotImplementedError("it is for convolutions, and affine normalizations")
    axes = weight.ndim - 2
    name = f"Conv{'Transpose' * transpose}{axes}d"
    a, b = weight.shape[:2]
    sizes = (a, b) if transpose else (b, a)
    layer = getattr(torch.nn, name)(*sizes, weight.shape[2:], bias=bias is not None)
    layer.weight.data = weight
    if bias is not None:
        layer.bias.data = bias
    norm = getattr(torch.nn, f"BatchNorm{axes}d")(sizes[1], eps)
    norm.weight.data, norm.bias.data = bn_weight, bn_bias
    norm.running_mean, norm.running_var = running_mean, running_var
    fused = fusion.fuse_conv_bn_eval(layer.eval(), norm.eval(), transpose)
    return fused.weight.detach(), fused.bias.detach()
