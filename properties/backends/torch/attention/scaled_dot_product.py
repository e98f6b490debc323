import math

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    **options,
) -> Tensor:
    return F.scaled_dot_product_attention(query, key, value, attn_mask, **options)


def scaled_dot_product_attention_math(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    **options,
) -> Tensor:
    with sdpa_kernel(SDPBackend.MATH):
        return F.scaled_dot_product_attention(query, key, value, attn_mask, **options)


def scaled_dot_product_attention_transposed(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    **options,
) -> Tensor:
    """Heads beside features in memory, as projections leave them."""
    if query.ndim < 4:
        raise NotImplementedError("there are no heads")
    query, key, value = (
        x.transpose(1, 2).contiguous().transpose(1, 2) for x in (query, key, value)
    )
    return F.scaled_dot_product_attention(query, key, value, attn_mask, **options)


def scaled_dot_product_attention_composed(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    *,
    is_causal: bool,
    scale: float | None,
    enable_gqa: bool,
) -> Tensor:
    """Products and a softmax, which a compiler may take for attention."""
    if is_causal or enable_gqa or (attn_mask is not None and attn_mask.ndim != 1):
        raise NotImplementedError("it is for queries that see all keys")
    scores = query @ key.transpose(-2, -1)
    scores = scores / math.sqrt(query.shape[-1]) if scale is None else scores * scale
    scores = scores if attn_mask is None else scores + attn_mask
    return scores.softmax(-1) @ value


def attention_weights(
    query: Tensor,
    key: Tensor,
    attn_mask: Tensor | None = None,
    *,
    is_causal: bool,
    scale: float | None,
) -> Tensor:
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = query @ key.mT * scale
    if is_causal:
        attn_mask = torch.ones_like(scores, dtype=torch.bool).tril()
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        scores = scores.masked_fill(~attn_mask, -math.inf)
    elif attn_mask is not None:
        scores = scores + attn_mask
    hidden = scores.isneginf().all(-1, keepdim=True)
    return scores.masked_fill(hidden, 0).softmax(-1).masked_fill(hidden, 0)
