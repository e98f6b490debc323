"""The encoder of a Transformer: a layer, and a stack of layers."""

import numpy as np

from reference.attention.multi_head import self_attention
from reference.normalisation.layer_norm import layer_norm
from reference.residuals import check_count, residual, split_layers
from reference.transformer.feed_forward import position_wise_ffn

LAYER = 12
"""How many weights a layer has."""


def transformer_encoder_layer(
    src: np.ndarray,
    src_mask: np.ndarray | None,
    src_key_padding_mask: np.ndarray | None,
    *weights: np.ndarray | None,
    nhead: int,
    norm_first: bool = False,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> np.ndarray:
    """Let tokens attend to each other, then put each through a network.

        x = norm(src + attention(src)),              y = norm(x + network(x))
        with norm_first,
        x = src + attention(norm(src)),              y = x + network(norm(x))
        attention is `self_attention`, network `position_wise_ffn`, norm `layer_norm`;
        each of the two sublayers has a norm of its own. Without dropout.

    Shapes:
        src                   (batch, length, d_model)
        src_mask              (length, length) or (batch · nhead, length, length), or
                              None; src_key_padding_mask (batch, length), or None
        weights               in torch's order: of the attention, in_proj_weight
                              (3 · d_model, d_model), in_proj_bias (3 · d_model),
                              out_proj_weight (d_model, d_model), out_proj_bias
                              (d_model); of the network, weight1 (d_ff, d_model), bias1
                              (d_ff), weight2 (d_model, d_ff), bias2 (d_model); of both
                              norms, weight and bias (d_model). A bias may be None.
        result                as src, src's dtype

    Units: masks as `multi_head_attention` has them: True where a token takes part.
        What comes of a token that is masked as padding has no meaning.

    Raises:
        ValueError: another number of weights; or what `self_attention` and
            `position_wise_ffn` reject.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.1; norm_first is of Xiong et al., "On Layer Normalization in the Transformer
        Architecture" (arXiv:2002.04745).
    """
    check_count(weights, LAYER)
    attention, network, norms = weights[:4], weights[4:8], weights[8:]

    def attend(x):
        return self_attention(
            x, *attention, src_key_padding_mask, src_mask, num_heads=nhead
        )

    def transform(x):
        return position_wise_ffn(x, *network, activation=activation)

    options = {"norm_first": norm_first, "eps": layer_norm_eps}
    x = residual(src, attend, norms[:2], **options)
    return residual(x, transform, norms[2:], **options)


def transformer_encoder(
    src: np.ndarray,
    mask: np.ndarray | None,
    src_key_padding_mask: np.ndarray | None,
    *weights: np.ndarray | None,
    nhead: int,
    norm_first: bool = False,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> np.ndarray:
    """Put tokens through a stack of encoder layers, and a last norm if there is one.

        y = norm(layer_n(… layer_1(src)))

    Shapes:
        src, mask, src_key_padding_mask, result  as in `transformer_encoder_layer`
        weights  those of the first layer, …, of the last; then of the last norm its
                 weight and bias (d_model), or nothing

    Raises:
        ValueError: a number of weights that is not so.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.1; the last norm is PyTorch's, torch.nn.TransformerEncoder.
    """
    layers, norm = split_layers(weights, LAYER)
    for layer in layers:
        src = transformer_encoder_layer(
            src,
            mask,
            src_key_padding_mask,
            *layer,
            nhead=nhead,
            norm_first=norm_first,
            activation=activation,
            layer_norm_eps=layer_norm_eps,
        )
    options = {"normalized_shape": src.shape[-1:], "eps": layer_norm_eps}
    return layer_norm(src, *norm, **options) if norm else src
