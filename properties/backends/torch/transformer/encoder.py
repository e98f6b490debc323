"""torch's encoder, as it is trained, and as it is evaluated: by other kernels."""

from functools import cache

import torch
from torch import Tensor, nn

from properties.backends.torch.attention.multi_head import hidden


def transformer_encoder_layer(
    src: Tensor,
    src_mask: Tensor | None,
    src_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    layer = encoder_layer(*sizes(src, weights), **options).train()
    masks = hidden(src_mask), hidden(src_key_padding_mask)
    state = named(layer, weights)
    return torch.func.functional_call(layer, state, (src, *masks))


def transformer_encoder_layer_fast_path(
    src: Tensor,
    src_mask: Tensor | None,
    src_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    """Without gradients: torch._transformer_encoder_layer_fwd, if nhead is even."""
    layer = encoder_layer(*sizes(src, weights), **options).eval()
    masks = hidden(src_mask), hidden(src_key_padding_mask)
    with torch.no_grad():
        return torch.func.functional_call(layer, named(layer, weights), (src, *masks))


def transformer_encoder(
    src: Tensor,
    mask: Tensor | None,
    src_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    stack = encoder(*sizes(src, weights), *depth(weights, 12), **options).train()
    masks = hidden(mask), hidden(src_key_padding_mask)
    return torch.func.functional_call(stack, named(stack, weights), (src, *masks))


def transformer_encoder_nested(
    src: Tensor,
    mask: Tensor | None,
    src_key_padding_mask: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    """Without gradients and without padding, if that is at the end of sequences.

    What comes of padding has no meaning: it is what training makes of it.
    """
    stack = encoder(*sizes(src, weights), *depth(weights, 12), **options).eval()
    masks = hidden(mask), hidden(src_key_padding_mask)
    with torch.no_grad():
        y = torch.func.functional_call(stack, named(stack, weights), (src, *masks))
        if src_key_padding_mask is not None:
            trained = transformer_encoder(
                src, mask, src_key_padding_mask, *weights, **options
            )
            y[~src_key_padding_mask] = trained[~src_key_padding_mask]
    return y


def sizes(src, weights):
    """d_model, d_ff, and whether there are biases."""
    return src.shape[-1], len(weights[4]), weights[1] is not None


def depth(weights, count):
    """How many layers of so many weights there are, and whether a norm is last."""
    return len(weights) // count, len(weights) % count > 0


def named(module, weights):
    given = [weight for weight in weights if weight is not None]
    return dict(zip(module.state_dict(), given, strict=True))


@cache
def encoder_layer(
    d_model, d_ff, bias, *, nhead, norm_first, activation, layer_norm_eps
):
    return nn.TransformerEncoderLayer(
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
def encoder(d_model, d_ff, bias, layers, has_norm, **options):
    layer = encoder_layer(d_model, d_ff, bias, **options)
    norm = nn.LayerNorm(d_model, options["layer_norm_eps"], bias=bias, device="meta")
    return nn.TransformerEncoder(layer, layers, norm if has_norm else None)
