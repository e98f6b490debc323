import torch
import torch.nn.functional as F
from torch import Tensor


def dot_product_attention(
    queries: Tensor, keys: Tensor, values: Tensor, valid_lens: Tensor | None = None
) -> Tensor:
    mask = valid(valid_lens, keys.shape[1], keys.device)
    return F.scaled_dot_product_attention(queries, keys, values, mask)


def additive_attention(
    queries: Tensor,
    keys: Tensor,
    values: Tensor,
    w_q: Tensor,
    w_k: Tensor,
    w_v: Tensor,
    valid_lens: Tensor | None = None,
) -> Tensor:
    scores = additive_scores(queries, keys, w_q, w_k, w_v)
    mask = valid(valid_lens, keys.shape[1], keys.device)
    if mask is None:
        return scores.softmax(-1) @ values
    scores = scores.masked_fill(~mask, -torch.inf)
    hidden = scores.isneginf().all(-1, keepdim=True)
    weights = scores.masked_fill(hidden, 0).softmax(-1).masked_fill(hidden, 0)
    return weights @ values


def additive_scores(
    queries: Tensor, keys: Tensor, w_q: Tensor, w_k: Tensor, w_v: Tensor
) -> Tensor:
    q, k = F.linear(queries, w_q), F.linear(keys, w_k)
    return torch.tanh(q[:, :, None] + k[:, None]) @ w_v


def attention_with_dropout(
    query: Tensor, key: Tensor, value: Tensor, keep: Tensor, *, p: float
) -> Tensor:
    scores = query @ key.mT / query.shape[-1] ** 0.5
    return (scores.softmax(-1) * keep / (1 - p)) @ value


def valid(valid_lens, keys, device):
    """The mask of valid lengths, (batch, queries or 1, keys), or None."""
    if valid_lens is None:
        return None
    lens = valid_lens if valid_lens.ndim == 2 else valid_lens[:, None]
    return torch.arange(keys, device=device) < lens[..., None]
