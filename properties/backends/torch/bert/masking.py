"""Which tokens are masked, by sorting and comparing random numbers."""

import torch
from torch import Tensor


def num_mlm_preds(valid_lens: Tensor, *, ratio: float = 0.15) -> Tensor:
    return (ratio * valid_lens.double()).round().long().clamp(min=1)


def select_mlm_positions(
    uniforms: Tensor, candidates: Tensor, counts: Tensor
) -> Tensor:
    keys = uniforms.masked_fill(~candidates, 2)
    ranks = keys.argsort(dim=1, stable=True).argsort(dim=1)
    return candidates & (ranks < counts[:, None])


def bernoulli_mlm_positions(
    uniforms: Tensor, candidates: Tensor, *, ratio: float = 0.15
) -> Tensor:
    return candidates & (uniforms.double() < ratio)


def mask_tokens(
    tokens: Tensor,
    selected: Tensor,
    uniforms: Tensor,
    random_tokens: Tensor,
    *,
    mask: int,
    mask_share: float = 0.8,
    random_share: float = 0.1,
    ignore_index: int = -100,
) -> tuple[Tensor, Tensor]:
    u = uniforms.double()
    changed = torch.where(u < mask_share + random_share, random_tokens, tokens)
    inputs = torch.where(selected, torch.where(u < mask_share, mask, changed), tokens)
    return inputs, tokens.masked_fill(~selected, ignore_index)
