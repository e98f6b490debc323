"""What follows attention in a Transformer's block."""

from collections.abc import Sequence

import numpy as np

from reference.classification.softmax_regression import linear
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.gelu import gelu


def position_wise_ffn(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    *,
    activation: str = "relu",
) -> np.ndarray:
    """Put each token through the same two dense layers.

        h[*n, k] = f(bias1[k] + Σ_j weight1[k, j] · x[*n, j])
        y[*n, o] = bias2[o] + Σ_k weight2[o, k] · h[*n, k]
        f is relu, max(0, z), or `gelu`.

    Shapes:
        input   (*size, num_inputs)
        weight1, bias1  (num_hiddens, num_inputs), (num_hiddens) or None for zeros
        weight2, bias2  (num_outputs, num_hiddens), (num_outputs) or None for zeros
        result  (*size, num_outputs), input's dtype

    Raises:
        ValueError: shapes that do not fit each other, or an unknown activation.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.3.
    """
    if activation not in ("relu", "gelu"):
        raise ValueError(f'activation is {activation!r}; it must be "relu" or "gelu"')
    hidden = linear(input, weight1, bias1)
    if activation == "gelu":
        hidden = gelu(hidden)
    else:
        for i in np.ndindex(hidden.shape):
            hidden[i] = np.maximum(hidden[i], 0)
    return linear(hidden, weight2, bias2)


def add_norm(
    input: np.ndarray,
    sublayer: np.ndarray,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> np.ndarray:
    """Add what a sublayer made of its input to the input, then normalize: post-norm.

        y = layer_norm(input + sublayer)
        Pre-norm, input + sublayer(layer_norm(input)), is not a function of the two
        sides: see norm_first of `transformer_encoder_layer`.

    Shapes:
        input, sublayer, result  (*batch, *normalized_shape)
        weight, bias             as in `layer_norm`

    Raises:
        ValueError: input and sublayer have different shapes; see `layer_norm`.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.1, without dropout.
    """
    if input.shape != sublayer.shape:
        raise ValueError(f"input has shape {input.shape}, sublayer {sublayer.shape}")
    total = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        total[i] = input[i] + sublayer[i]
    return layer_norm(total, weight, bias, normalized_shape=normalized_shape, eps=eps)
