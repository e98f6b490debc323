"""Heads of fine-tuning, of torch's dense layers."""

import torch
import torch.nn.functional as F
from torch import Tensor


def classify_sentences(input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    return F.linear(input[:, 0], weight, bias)


def tag_tokens(
    input: Tensor, mask: Tensor, weight: Tensor, bias: Tensor | None
) -> Tensor:
    return F.linear(input[mask], weight, bias)


def span_logits(
    input: Tensor, weight: Tensor, bias: Tensor | None
) -> tuple[Tensor, Tensor]:
    return F.linear(input, weight, bias).unbind(dim=-1)


def best_span(
    start: Tensor, end: Tensor, mask: Tensor, *, max_answer_length: int | None = None
) -> tuple[Tensor, Tensor]:
    length = start.shape[1]
    longest = length if max_answer_length is None else max_answer_length
    ordered = torch.ones(length, length, dtype=torch.bool, device=mask.device)
    allowed = mask[:, :, None] & mask[:, None] & ordered.triu().tril(longest - 1)
    scores = (start[:, :, None] + end[:, None]).masked_fill(~allowed, -torch.inf)
    best = scores.flatten(1).argmax(dim=1, keepdim=True)
    spans = torch.cat([best // length, best % length], dim=1)
    return spans, scores.flatten(1).gather(1, best).squeeze(1)


def span_loss(
    start: Tensor, end: Tensor, start_positions: Tensor, end_positions: Tensor
) -> Tensor:
    first = F.cross_entropy(start, start_positions)
    return (first + F.cross_entropy(end, end_positions)) / 2
