"""Searches in PyTorch, batched, under the names of reference/beam_search.py."""

import torch


def greedy_search(
    log_probs: torch.Tensor, next_state: torch.Tensor, *, steps: int, eos: int | None
) -> tuple[torch.Tensor, torch.Tensor]:
    rows = torch.arange(len(log_probs), device=log_probs.device)
    state, is_over = torch.zeros_like(rows), torch.zeros_like(rows, dtype=torch.bool)
    total, tokens = log_probs.new_zeros(len(log_probs)), []
    for _ in range(steps):
        token = log_probs[rows, state].argmax(-1)
        token = torch.where(is_over, eos or 0, token)
        total = total + torch.where(is_over, 0, log_probs[rows, state, token])
        state = next_state[rows, state, token]
        is_over = is_over | (token == (-1 if eos is None else eos))
        tokens.append(token)
    return torch.stack(tokens, 1), total


def beam_search(
    log_probs: torch.Tensor,
    next_state: torch.Tensor,
    *,
    steps: int,
    num_beams: int,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> tuple[torch.Tensor, torch.Tensor]:
    batch, _, vocabulary = log_probs.shape
    every = torch.arange(vocabulary, device=log_probs.device)
    last = -1 if eos is None else eos
    tokens = next_state.new_zeros(batch, 1, 0)
    state, total = next_state.new_zeros(batch, 1), log_probs.new_zeros(batch, 1)
    for _ in range(steps):
        is_over = has_ended(tokens, eos)[..., None]
        is_there = (~is_over | (every == last)).flatten(1)
        rows = state[..., None].expand(-1, -1, vocabulary)
        longer = torch.where(is_over, 0, log_probs.gather(1, rows)) + total[..., None]
        # Two stable sorts; torch.topk may take any of equals.
        order = longer.flatten(1).argsort(dim=1, descending=True, stable=True)
        real = is_there.gather(1, order).int()
        order = order.gather(1, real.argsort(dim=1, descending=True, stable=True))
        order = order[:, : min(num_beams, int(is_there.sum(1).min()))]
        total = longer.flatten(1).gather(1, order)
        state = next_state.gather(1, rows).flatten(1).gather(1, order)
        tokens = taken_beams(tokens, order // vocabulary)
        tokens = torch.cat([tokens, (order % vocabulary)[..., None]], 2)
    scores = length_normalized_sums(total, tokens, eos, length_penalty, count_eos)
    order = scores.argsort(dim=1, descending=True, stable=True)
    return taken_beams(tokens, order), scores.gather(1, order)


def taken_beams(tokens: torch.Tensor, beams: torch.Tensor) -> torch.Tensor:
    return tokens.gather(1, beams[..., None].expand(-1, -1, tokens.shape[2]))


def has_ended(tokens: torch.Tensor, eos: int | None) -> torch.Tensor:
    return (tokens == (-1 if eos is None else eos)).any(-1)


def length_normalized_sums(
    total: torch.Tensor,
    tokens: torch.Tensor,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> torch.Tensor:
    lengths = (tokens != (-1 if eos is None else eos)).sum(-1)
    lengths = lengths + count_eos * has_ended(tokens, eos)
    return total / lengths.clamp(min=1).to(total.dtype) ** length_penalty
