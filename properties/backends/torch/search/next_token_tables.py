"""Next-token tables in PyTorch under the names of reference/next_token_tables.py."""

import torch


def markov_chain(
    log_start: torch.Tensor, log_transition: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    log_probs = torch.cat([log_start[:, None], log_transition], 1)
    tokens = torch.arange(log_start.shape[1], device=log_start.device)
    return log_probs, (1 + tokens).expand(log_probs.shape).contiguous()


def prefix_tree(*, vocabulary: int, steps: int) -> torch.Tensor:
    states = sum(vocabulary**t for t in range(steps))
    children = torch.arange(1, 1 + states * vocabulary).reshape(states, vocabulary)
    return torch.where(children < states, children, 0)


def sequence_log_prob(
    log_probs: torch.Tensor,
    next_state: torch.Tensor,
    tokens: torch.Tensor,
    *,
    eos: int | None,
) -> torch.Tensor:
    total = log_probs.new_zeros(len(tokens))
    is_over = torch.zeros(len(tokens), dtype=torch.bool, device=tokens.device)
    rows = torch.arange(len(tokens), device=tokens.device)
    state = tokens.new_zeros(len(tokens))
    for token in tokens.unbind(1):
        total = total + torch.where(is_over, 0, log_probs[rows, state, token])
        state = next_state[rows, state, token]
        is_over = is_over | (token == (-1 if eos is None else eos))
    return total


def length_normalized(
    log_probs: torch.Tensor, lengths: torch.Tensor, *, length_penalty: float
) -> torch.Tensor:
    return log_probs / lengths.to(log_probs.dtype) ** length_penalty
