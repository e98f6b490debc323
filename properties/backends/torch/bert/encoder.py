"""BERT, of torch's embeddings and its encoder."""

import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.transformer.encoder import transformer_encoder


def bert_embedding(
    tokens: Tensor,
    segments: Tensor,
    token_weight: Tensor,
    segment_weight: Tensor,
    pos_embedding: Tensor,
    norm_weight: Tensor | None = None,
    norm_bias: Tensor | None = None,
    *,
    eps: float = 1e-12,
) -> Tensor:
    x = F.embedding(tokens, token_weight) + F.embedding(segments, segment_weight)
    x = x + pos_embedding[:, : tokens.shape[1]]
    if norm_weight is None:
        return x
    return F.layer_norm(x, x.shape[2:], norm_weight, norm_bias, eps)


def bert_encoder(
    tokens: Tensor,
    segments: Tensor,
    valid_lens: Tensor | None,
    token_weight: Tensor,
    segment_weight: Tensor,
    pos_embedding: Tensor,
    *weights: Tensor | None,
    **options,
) -> Tensor:
    x = bert_embedding(tokens, segments, token_weight, segment_weight, pos_embedding)
    steps = torch.arange(tokens.shape[1], device=tokens.device)
    mask = None if valid_lens is None else steps < valid_lens[:, None]
    return transformer_encoder(x, None, mask, *weights, norm_first=False, **options)
