"""Exact searches in PyTorch under the names of reference/exhaustive_search.py."""

import torch

from properties.backends.torch.search.beam_search import length_normalized_sums


def exhaustive_search(
    log_probs: torch.Tensor,
    next_state: torch.Tensor,
    *,
    steps: int,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> tuple[torch.Tensor, torch.Tensor]:
    batch, _, vocabulary = log_probs.shape
    every = torch.arange(vocabulary, device=log_probs.device)
    tokens = torch.cartesian_prod(*[every] * steps).reshape(-1, steps)
    is_eos = tokens == (-1 if eos is None else eos)
    is_over = is_eos.cumsum(1) > is_eos.int()
    is_valid = (is_eos | ~is_over).all(1)
    tokens, is_over = tokens[is_valid], is_over[is_valid]
    rows = torch.arange(batch, device=log_probs.device)[:, None]
    state = next_state.new_zeros(batch, len(tokens))
    total = log_probs.new_zeros(batch, len(tokens))
    for token, over in zip(tokens.T, is_over.T):
        total = total + torch.where(over, 0, log_probs[rows, state, token])
        state = next_state[rows, state, token]
    scores = length_normalized_sums(total, tokens, eos, length_penalty, count_eos)
    best = scores.argmax(1)
    return tokens[best], scores.gather(1, best[:, None])[:, 0]


def viterbi(
    log_probs: torch.Tensor, next_state: torch.Tensor, *, steps: int
) -> tuple[torch.Tensor, torch.Tensor]:
    batch, states, vocabulary = log_probs.shape
    every = torch.arange(states, device=log_probs.device)
    leads = next_state.reshape(batch, 1, -1) == every[:, None]
    best = torch.where(every == 0, 0, -torch.inf).to(log_probs).expand(batch, -1)
    arrivals = []
    for _ in range(steps):
        ways = (best[..., None] + log_probs).reshape(batch, 1, -1)
        arrived = torch.where(leads, ways, -torch.inf).max(2)
        best = arrived.values
        arrivals.append(arrived.indices)
    state = best.argmax(1, keepdim=True)
    total, tokens = best.gather(1, state)[:, 0], []
    for arrived in reversed(arrivals):
        way = arrived.gather(1, state)
        state = way // vocabulary
        tokens.append(way % vocabulary)
    return torch.cat(tokens[::-1], 1), total
