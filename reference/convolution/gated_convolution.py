"""Convolutions whose output a second convolution gates, and reduction along a tree."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from reference.activations.logistic import sigmoid
from reference.convolution.convolution import conv1d
from reference.convolution.padding import pad, same_padding

Number = TypeVar("Number")


def glu(input: np.ndarray, *, dim: int = -1) -> np.ndarray:
    """Gate the first half of an array with the second.

        y = a · sigmoid(b),  where (a, b) are the halves of input along dim

    Shapes: on dim, input has 2 · size and the result size; elsewhere they agree.

    Raises:
        ValueError: no axis dim, or an odd size on it.

    Source: Dauphin, Fan, Auli and Grangier, "Language modeling with gated
        convolutional networks" (arXiv:1612.08083), section 2.
    """
    a, b = _halves(input, dim)
    return a * sigmoid(b)


def glu_gradient(
    input: np.ndarray, cotangent: np.ndarray, *, dim: int = -1
) -> np.ndarray:
    """Pull a cotangent of `glu` back to its input.

        ∂y/∂a = sigmoid(b),  ∂y/∂b = a · sigmoid(b) · (1 − sigmoid(b))
        The first is no constant: a closed gate lets nothing back either.

    Shapes:
        input      2 · size on dim
        cotangent  glu's result: size on dim
        result     as input

    Raises:
        ValueError: where `glu` does, or a cotangent of another shape.

    Source: Dauphin et al. (arXiv:1612.08083), section 3, in coordinates.
    """
    a, b = _halves(input, dim)
    if cotangent.shape != a.shape:
        raise ValueError(f"cotangent has shape {cotangent.shape}; it must be {a.shape}")
    gate = sigmoid(b)
    slope = a * gate * (1 - gate)
    return np.concatenate([cotangent * gate, cotangent * slope], axis=dim)


def gated_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> np.ndarray:
    """Convolve signals and gate the result with a convolution of its own.

        y = conv(input, weight, bias) · sigmoid(conv(input, gate_weight, gate_bias))

    Shapes:
        input, result        as `reference.convolution.conv1d`
        weight, gate_weight  (out_channels, in_channels, kernel_size)
        bias, gate_bias      (out_channels), or None for zeros

    Units: stride, padding and dilation count steps.

    Raises:
        ValueError: where conv1d does, or the weights have different shapes.

    Source: Dauphin et al. (arXiv:1612.08083), section 2.
    """
    _check_weights(weight, gate_weight)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    linear = conv1d(input, weight, bias, **options)
    return linear * sigmoid(conv1d(input, gate_weight, gate_bias, **options))


def residual_gated_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    dilation: int = 1,
) -> np.ndarray:
    """Add a gated convolution to its input.

        y = input + conv(input, weight, bias) · sigmoid(conv(input, gate_weight, …))
        padded by zeros to keep the length, as `reference.padding.same_padding` says

    Shapes:
        input, result        (batch, channels, length)
        weight, gate_weight  (channels, channels, kernel_size)
        bias, gate_bias      (channels), or None for zeros

    Units: dilation counts steps.

    Raises:
        ValueError: where conv1d does, weights of different shapes, or ones that
            change the number of channels.

    Source: Dauphin et al. (arXiv:1612.08083), section 2.
    """
    _check_weights(weight, gate_weight, channels=input.shape[1])
    x = pad(input, pad=same_padding(weight.shape[2], dilation=dilation))
    tensors = (weight, gate_weight, bias, gate_bias)
    return input + gated_conv1d(x, *tensors, dilation=dilation)


def highway_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    dilation: int = 1,
) -> np.ndarray:
    """Mix a convolution with its input, in shares that a gate gives.

        y = input · (1 − g) + conv(input, weight, bias) · g
        g = sigmoid(conv(input, gate_weight, gate_bias))
        padded by zeros to keep the length, as `reference.padding.same_padding` says

    `residual_gated_conv1d` computes the same from a weight that is less by 1 at the
    tap on the input's own step and channel, if there is one.

    Shapes, Units, Raises: as `residual_gated_conv1d`.

    Source: Srivastava, Greff and Schmidhuber, "Highway networks"
        (arXiv:1505.00387), with a convolution and no activation for the transform.
    """
    _check_weights(weight, gate_weight, channels=input.shape[1])
    x = pad(input, pad=same_padding(weight.shape[2], dilation=dilation))
    transform = conv1d(x, weight, bias, dilation=dilation)
    gate = sigmoid(conv1d(x, gate_weight, gate_bias, dilation=dilation))
    return input * (1 - gate) + transform * gate


def tree_reduce(
    leaves: Sequence[Number], combine: Callable[[Number, Number], Number]
) -> Number:
    """Combine neighbours in pairs, and the results again, until one is left.

        level_{l+1}[i] = combine(level_l[2i], level_l[2i + 1])
        A last one without a partner goes up as it is.

    Each of n leaves is combined at most ⌈log2 n⌉ times; a chain, as a recurrent
    network is, combines the first one n − 1 times.

    Raises:
        ValueError: no leaves.

    Source: the hierarchical encoder of Culurciello, "The fall of RNN / LSTM" (2018).
    """
    if len(leaves) == 0:
        raise ValueError("leaves is empty; there must be at least one")
    while len(leaves) > 1:
        pairs = [leaves[i : i + 2] for i in range(0, len(leaves), 2)]
        leaves = [combine(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return leaves[0]


def tree_mean(input: np.ndarray) -> np.ndarray:
    """Pool the steps of sequences by means of pairs, along a tree.

        y[n, f] = tree_reduce(input[n, :, f], (a, b) ↦ (a + b) / 2)

    It is the mean over all steps if their number is a power of two; otherwise the
    last steps weigh more.

    Shapes:
        input   (batch, steps, features)
        result  (batch, features)

    Raises:
        ValueError: no steps.

    Source: as `tree_reduce`.
    """
    y = np.zeros((len(input), input.shape[2]), input.dtype)
    for n, f in np.ndindex(y.shape):
        y[n, f] = tree_reduce(input[n, :, f], lambda a, b: (a + b) / 2)
    return y


def _halves(input: np.ndarray, dim: int) -> tuple[np.ndarray, np.ndarray]:
    """Split an array into its halves along an axis.

    Raises:
        ValueError: there is no such axis, or an odd size on it.
    """
    if not -input.ndim <= dim < input.ndim:
        raise ValueError(f"dim is {dim}; input has {input.ndim} axes")
    if input.shape[dim] % 2:
        raise ValueError(f"input has size {input.shape[dim]} on dim {dim}: it is odd")
    first, second = np.split(input, 2, axis=dim)
    return first, second


def _check_weights(
    weight: np.ndarray, gate_weight: np.ndarray, channels: int | None = None
) -> None:
    """Check that a gate's weight has the shape of the weight it gates.

    Raises:
        ValueError: it has not, or, where `channels` is given, they make another
            number of channels.
    """
    if weight.shape != gate_weight.shape:
        raise ValueError(
            f"weight has shape {weight.shape}, gate_weight {gate_weight.shape}; "
            "they must be alike"
        )
    if channels is not None and len(weight) != channels:
        raise ValueError(
            f"weight has {len(weight)} filters; input's {channels} channels "
            "need as many"
        )
