"""torch's decoder; what it lacks, a step with a cache, of its attention."""

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from properties.backends.torch.attention.multi_head import hidden, multi_head_attention
from properties.backends.torch.transformer.encoder import depth, named
from properties.backends.torch.transformer.feed_forward import position_wise_ffn


def transformer_decoder_layer(
    tgt: Tensor,
    memory: Tensor,
    tgt_mask: Tensor | None,
    memory_mask: Tensor | None,
    tgt_key_padding_mask: Tensor | None,
    memory_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    layer = decoder_layer(*decoder_sizes(tgt, weights), **options)
    masks = tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask
    inputs = (tgt, memory, *map(hidden, masks))
    return torch.func.functional_call(layer, named(layer, weights), inputs)


def transformer_decoder(
    tgt: Tensor,
    memory: Tensor,
    tgt_mask: Tensor | None,
    memory_mask: Tensor | None,
    tgt_key_padding_mask: Tensor | None,
    memory_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    stack = decoder(*decoder_sizes(tgt, weights), *depth(weights, 18), **options)
    masks = tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask
    inputs = (tgt, memory, *map(hidden, masks))
    return torch.func.functional_call(stack, named(stack, weights), inputs)


def transformer_decoder_step(
    tgt: Tensor,
    memory: Tensor,
    cache: Tensor,
    memory_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    nhead: int,
    norm_first: bool,
    activation: str,
    layer_norm_eps: float,
) -> tuple[Tensor, Tensor]:
    def norm(x, *parameters):
        return F.layer_norm(x, x.shape[-1:], *parameters, layer_norm_eps)

    def attend(x, keys, parameters, **masks):
        projections, *rest = parameters
        return multi_head_attention(
            *(x, keys, keys, *projections.chunk(3), *rest),
            num_heads=nhead,
            add_zero_attn=False,
            need_weights=False,
            average_attn_weights=False,
            **masks,
        )

    def residual(x, sublayer, parameters):
        if norm_first:
            return x + sublayer(norm(x, *parameters))
        return norm(x + sublayer(x), *parameters)

    steps, past = tgt.shape[1], cache.shape[2]
    seen = torch.ones(steps, past + steps, dtype=torch.bool, device=tgt.device)
    keys = []
    for layer in range(len(cache)):
        given = weights[18 * layer : 18 * (layer + 1)]

        def to_itself(x, layer=layer, given=given):
            keys.append(torch.cat([cache[layer], x], dim=1))
            return attend(x, keys[-1], given[:4], attn_mask=seen.tril(past))

        def to_memory(x, given=given):
            masks = {"key_padding_mask": memory_key_padding_mask}
            return attend(x, memory, given[4:8], **masks)

        def transform(x, given=given):
            return position_wise_ffn(x, *given[8:12], activation=activation)

        tgt = residual(tgt, to_itself, given[12:14])
        tgt = residual(tgt, to_memory, given[14:16])
        tgt = residual(tgt, transform, given[16:])
    if len(weights) % 18:
        tgt = norm(tgt, *weights[-2:])
    return tgt, torch.stack(keys)


def decoder_sizes(tgt, weights):
    """d_model, d_ff, and whether there are biases."""
    return tgt.shape[-1], len(weights[8]), weights[1] is not None


@cache
def decoder_layer(
    d_model, d_ff, bias, *, nhead, norm_first, activation, layer_norm_eps
):
    return nn.TransformerDecoderLayer(
        d_model,
        nhead,
        d_ff,
        dropout=0.0,
        activation=activation,
        layer_norm_eps=layer_norm_eps,
        batch_first=True,
        norm_first=norm_first,
        bias=bias,
        device="meta",
    )


@cache
def decoder(d_model, d_ff, bias, layers, has_norm, **options):
    layer = decoder_layer(d_model, d_ff, bias, **options)
    norm = nn.LayerNorm(d_model, options["layer_norm_eps"], bias=bias, device="meta")
    return nn.TransformerDecoder(layer, layers, norm if has_norm else None)
