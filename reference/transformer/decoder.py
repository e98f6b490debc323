"""The decoder of a Transformer: a layer, a stack, and a stack step by step."""

import numpy as np

from reference.attention.multi_head import multi_head_attention, self_attention
from reference.normalisation.layer_norm import layer_norm
from reference.residuals import check_count, residual, split_layers
from reference.transformer.feed_forward import position_wise_ffn

LAYER = 18
"""How many weights a layer has."""


def transformer_decoder_layer(
    tgt: np.ndarray,
    memory: np.ndarray,
    tgt_mask: np.ndarray | None,
    memory_mask: np.ndarray | None,
    tgt_key_padding_mask: np.ndarray | None,
    memory_key_padding_mask: np.ndarray | None,
    *weights: np.ndarray | None,
    nhead: int,
    norm_first: bool = False,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> np.ndarray:
    """Let tokens attend to each other, to an encoder's, then go through a network.

        x = norm(tgt + attention(tgt)),  z = norm(x + attention(x, memory)),
        y = norm(z + network(z)); with norm_first the norms are where the layer of
        `transformer_encoder_layer` has them, and memory is not normed.
        It is causal if tgt_mask is: nothing else hides later tokens.

    Shapes:
        tgt      (batch, length, d_model); memory (batch, memory_length, d_model)
        tgt_mask, memory_mask  (length, length) and (length, memory_length), or with
                 batch · nhead before, or None
        tgt_key_padding_mask, memory_key_padding_mask  (batch, length) and
                 (batch, memory_length), or None
        weights  in torch's order: of the attention to tgt, then of that to memory,
                 in_proj_weight, in_proj_bias, out_proj_weight, out_proj_bias; then of
                 the network and of three norms, as in `transformer_encoder_layer`
        result   as tgt, tgt's dtype

    Raises:
        ValueError: another number of weights; or what `multi_head_attention` and
            `position_wise_ffn` reject.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.1.
    """
    check_count(weights, LAYER)

    def attend(x):
        return self_attention(
            x, *weights[:4], tgt_key_padding_mask, tgt_mask, num_heads=nhead
        )

    memory_masks = memory_key_padding_mask, memory_mask
    options = {"nhead": nhead, "norm_first": norm_first, "eps": layer_norm_eps}
    return _layer(tgt, attend, memory, memory_masks, weights, activation, **options)


def transformer_decoder(
    tgt: np.ndarray,
    memory: np.ndarray,
    tgt_mask: np.ndarray | None,
    memory_mask: np.ndarray | None,
    tgt_key_padding_mask: np.ndarray | None,
    memory_key_padding_mask: np.ndarray | None,
    *weights: np.ndarray | None,
    nhead: int,
    norm_first: bool = False,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> np.ndarray:
    """Put tokens through a stack of decoder layers, and a last norm if there is one.

        y = norm(layer_n(… layer_1(tgt, memory) …, memory))
        Every layer reads the same memory, of an encoder of any depth.

    Shapes:
        tgt, memory, masks, result  as in `transformer_decoder_layer`
        weights  those of the first layer, …, of the last; then of the last norm its
                 weight and bias (d_model), or nothing

    Raises:
        ValueError: a number of weights that is not so.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.1; the last norm is PyTorch's, torch.nn.TransformerDecoder.
    """
    layers, norm = split_layers(weights, LAYER)
    for layer in layers:
        tgt = transformer_decoder_layer(
            tgt,
            memory,
            tgt_mask,
            memory_mask,
            tgt_key_padding_mask,
            memory_key_padding_mask,
            *layer,
            nhead=nhead,
            norm_first=norm_first,
            activation=activation,
            layer_norm_eps=layer_norm_eps,
        )
    options = {"normalized_shape": tgt.shape[-1:], "eps": layer_norm_eps}
    return layer_norm(tgt, *norm, **options) if norm else tgt


def transformer_decoder_step(
    tgt: np.ndarray,
    memory: np.ndarray,
    cache: np.ndarray,
    memory_key_padding_mask: np.ndarray | None,
    *weights: np.ndarray | None,
    nhead: int,
    norm_first: bool = False,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray]:
    """Decode the next tokens, with a cache in place of those before them.

        Token i of tgt attends to cache and to tokens 0 … i of tgt: it is token
        past + i of its sequence. Where tgt has positions added, they begin at past.
        What is cached of a layer is what its attention has seen: its inputs, or with
        norm_first its inputs after the norm.
        All steps together are `transformer_decoder` with a causal mask.

    Shapes:
        tgt      (batch, steps, d_model); memory (batch, memory_length, d_model)
        cache    (layers, batch, past, d_model); past is 0 at the first step
        memory_key_padding_mask  (batch, memory_length), or None
        weights  as in `transformer_decoder`
        results  as tgt; and the next cache, (layers, batch, past + steps, d_model)

    Raises:
        ValueError: cache has another number of layers than weights.

    Source: Zhang et al., "Dive into Deep Learning", section 11.7.5, with the positions
        and the masks that its training form has.
    """
    layers, norm = split_layers(weights, LAYER)
    if len(cache) != len(layers):
        raise ValueError(f"cache has {len(cache)} layers, weights {len(layers)}")
    options = {"nhead": nhead, "norm_first": norm_first, "eps": layer_norm_eps}
    masks = memory_key_padding_mask, None
    grown = []
    for past, layer in zip(cache, layers):
        attend, seen = _cached_attention(past, layer[:4], nhead)
        tgt = _layer(tgt, attend, memory, masks, layer, activation, **options)
        grown += seen
    if norm:
        options = {"normalized_shape": tgt.shape[-1:], "eps": layer_norm_eps}
        tgt = layer_norm(tgt, *norm, **options)
    shape = (len(layers), len(tgt), cache.shape[2] + tgt.shape[1], tgt.shape[2])
    return tgt, np.array(grown, tgt.dtype).reshape(shape)


def _cached_attention(past, weights, nhead):
    """An attention to the past and to itself, and a list of what it has seen."""
    seen = []

    def attend(x):
        keys = np.concatenate([past, x], axis=1)
        seen.append(keys)
        return multi_head_attention(
            *(x, keys, keys, *np.split(weights[0], 3), *weights[1:]),
            attn_mask=np.tri(x.shape[1], keys.shape[1], past.shape[1], dtype=bool),
            num_heads=nhead,
            need_weights=False,
        )

    return attend, seen


def _layer(
    tgt, attend, memory, memory_masks, weights, activation, *, nhead, norm_first, eps
):
    """A decoder layer, whose attention to tgt is given."""
    across, network, norms = weights[4:8], weights[8:12], weights[12:]

    def attend_to_memory(x):
        return multi_head_attention(
            *(x, memory, memory, *np.split(across[0], 3), *across[1:]),
            key_padding_mask=memory_masks[0],
            attn_mask=memory_masks[1],
            num_heads=nhead,
            need_weights=False,
        )

    def transform(x):
        return position_wise_ffn(x, *network, activation=activation)

    options = {"norm_first": norm_first, "eps": eps}
    x = residual(tgt, attend, norms[:2], **options)
    x = residual(x, attend_to_memory, norms[2:4], **options)
    return residual(x, transform, norms[4:], **options)
