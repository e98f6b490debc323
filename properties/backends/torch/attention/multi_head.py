import torch
import torch.nn.functional as F
from torch import Tensor, nn


def multi_head_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    q_proj_weight: Tensor,
    k_proj_weight: Tensor,
    v_proj_weight: Tensor,
    in_proj_bias: Tensor | None,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    bias_k: Tensor | None = None,
    bias_v: Tensor | None = None,
    key_padding_mask: Tensor | None = None,
    attn_mask: Tensor | None = None,
    *,
    num_heads: int,
    add_zero_attn: bool,
    need_weights: bool,
    average_attn_weights: bool,
) -> tuple[Tensor, Tensor] | Tensor:
    output, weights = F.multi_head_attention_forward(
        *(x.transpose(0, 1) for x in (query, key, value)),
        query.shape[-1],
        num_heads,
        None,
        in_proj_bias,
        None if bias_k is None else bias_k[None, None],
        None if bias_v is None else bias_v[None, None],
        add_zero_attn,
        0.0,
        out_proj_weight,
        out_proj_bias,
        use_separate_proj_weight=True,
        q_proj_weight=q_proj_weight,
        k_proj_weight=k_proj_weight,
        v_proj_weight=v_proj_weight,
        key_padding_mask=hidden(key_padding_mask),
        attn_mask=hidden(attn_mask),
        need_weights=need_weights,
        average_attn_weights=average_attn_weights,
    )
    output = output.transpose(0, 1)
    return (output, weights) if need_weights else output


def self_attention(
    input: Tensor,
    in_proj_weight: Tensor,
    in_proj_bias: Tensor | None,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    key_padding_mask: Tensor | None = None,
    attn_mask: Tensor | None = None,
    **options,
) -> Tensor:
    module = module_for(input, in_proj_bias, options["num_heads"])
    return attend(
        module.train(),
        input,
        (in_proj_weight, in_proj_bias, out_proj_weight, out_proj_bias),
        (key_padding_mask, attn_mask),
    )


def self_attention_fast_path(
    input: Tensor,
    in_proj_weight: Tensor,
    in_proj_bias: Tensor | None,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    key_padding_mask: Tensor | None = None,
    attn_mask: Tensor | None = None,
    **options,
) -> Tensor:
    """As evaluation has it, without gradients: torch._native_multi_head_attention."""
    module = module_for(input, in_proj_bias, options["num_heads"])
    with torch.no_grad():
        return attend(
            module.eval(),
            input,
            (in_proj_weight, in_proj_bias, out_proj_weight, out_proj_bias),
            (key_padding_mask, attn_mask),
        )


def module_for(input, bias, num_heads):
    """A module whose parameters are still to come."""
    return nn.MultiheadAttention(
        input.shape[-1],
        num_heads,
        bias=bias is not None,
        batch_first=True,
        device=input.device,
        dtype=input.dtype,
    )


def attend(module, input, parameters, masks):
    names = ("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")
    given = {name: p for name, p in zip(names, parameters) if p is not None}
    key_padding_mask, attn_mask = map(hidden, masks)
    options = {"key_padding_mask": key_padding_mask, "attn_mask": attn_mask}
    inputs = (input, input, input)
    options["need_weights"] = False
    return torch.func.functional_call(module, given, inputs, options)[0]


def hidden(mask: Tensor | None) -> Tensor | None:
    """A bool mask that is True where PyTorch hides a key."""
    return ~mask if mask is not None and mask.dtype == torch.bool else mask


def transpose_qkv(input: Tensor, *, num_heads: int) -> Tensor:
    return input.unflatten(-1, (num_heads, -1)).transpose(1, 2)


def transpose_output(input: Tensor) -> Tensor:
    return input.transpose(1, 2).flatten(2)
