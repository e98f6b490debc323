"""Joint probabilities in PyTorch, as of reference/text/joint_probabilities.py."""

import torch
from torch import Tensor


def chain_rule(joint: Tensor, *, order: list[int]) -> Tensor:
    sums = [joint]
    for axis in reversed(order):
        sums.append(sums[-1].sum(axis, keepdim=True))
    sums = sums[-2::-1]
    known = [torch.ones_like(joint), *sums]
    return torch.stack([s / k + 0 * joint for s, k in zip(sums, known)])


def markov_approximation(joint: Tensor, *, tau: int) -> Tensor:
    factors, axes = torch.ones_like(joint), range(joint.ndim)
    for t in axes:
        before, behind = [*axes[: max(0, t - tau)]], [*axes[t + 1 :]]
        window = joint.sum(before + behind, keepdim=True) if before + behind else joint
        known = window.sum(t, keepdim=True) if min(t, tau) else 1
        factors = factors * (window / known)
    return factors


def markov_probability(start: Tensor, transition: Tensor, tokens: Tensor) -> Tensor:
    tau = start.ndim
    first = start[tokens[:, :tau].unbind(1)] if tau else start.expand(len(tokens))
    windows = tokens.unfold(1, tau + 1, 1) if tokens.shape[1] > tau else tokens[:, :0]
    if not windows.numel():
        return first.clone()
    return first * transition[windows.unbind(2)].prod(1)
