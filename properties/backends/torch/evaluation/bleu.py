"""BLEU in PyTorch under the names of reference/bleu.py."""

import torch

from properties.backends.torch.evaluation.modified_precision import (
    brevity_penalty,
    effective_reference_length,
    modified_precision,
)


def bleu(
    pred: torch.Tensor, label: torch.Tensor, weights: torch.Tensor
) -> torch.Tensor:
    lens = pred.new_tensor([len(pred)]), label.new_tensor([[len(label)]])
    options = {"reference_length": "closest", "smooth_method": "none"}
    options |= {"smooth_value": 1.0, "absent_orders": "zero"}
    sentences = pred[None], lens[0], label[None, None], lens[1]
    return sentence_bleu(*sentences, weights, **options)[0]


def sentence_bleu(*tensors: torch.Tensor, **options: str | float) -> torch.Tensor:
    return bleu_of(*bleu_statistics(*tensors, options["reference_length"]), **options)


def corpus_bleu(*tensors: torch.Tensor, **options: str | float) -> torch.Tensor:
    *counts, weights = bleu_statistics(*tensors, options["reference_length"])
    return bleu_of(*(c.sum(-1) for c in counts), weights, **options)


def bleu_statistics(
    candidates: torch.Tensor,
    candidate_lens: torch.Tensor,
    references: torch.Tensor,
    reference_lens: torch.Tensor,
    weights: torch.Tensor,
    method: str,
) -> tuple[torch.Tensor, ...]:
    """Matches and counts (orders, batch), lengths (batch), and the weights."""
    sentences = candidates, candidate_lens, references, reference_lens
    orders = range(1, len(weights) + 1)
    matches, counts = zip(*(modified_precision(*sentences, n=n) for n in orders))
    if method == "average":
        reached = reference_lens.to(weights.dtype).mean(1)
    else:
        lens = candidate_lens, reference_lens
        reached = effective_reference_length(*lens, method=method)
    return torch.stack(matches), torch.stack(counts), candidate_lens, reached, weights


def bleu_of(
    matches: torch.Tensor,
    counts: torch.Tensor,
    length: torch.Tensor,
    reached: torch.Tensor,
    weights: torch.Tensor,
    *,
    smooth_method: str,
    smooth_value: float,
    absent_orders: str,
    reference_length: str,
) -> torch.Tensor:
    """BLEU from its statistics: orders first, sentences last if there are several."""
    has_match = matches[0] > 0
    weights = weights.reshape(-1, *[1] * (matches.ndim - 1))
    missed = (matches == 0) & (counts > 0)
    matches, counts = matches.to(weights.dtype), counts.to(weights.dtype)
    if smooth_method == "floor":
        matches = torch.where(missed, smooth_value, matches)
    elif smooth_method == "exp":
        matches = torch.where(
            missed, torch.exp2(-missed.cumsum(0).to(matches)), matches
        )
    elif smooth_method == "add-k":
        added = smooth_value * (torch.arange(len(weights)) > 0).to(weights)
        added = added.reshape(weights.shape)
        matches, counts = matches + added, counts + added
    present = (counts > 0) | (absent_orders == "zero")
    logs = torch.where(counts > 0, matches / counts, 0).log()
    total = torch.where(present & (weights > 0), weights * logs, 0).sum(0)
    if absent_orders == "reweigh":
        total = total * weights.sum(0) / (weights * present).sum(0)
    lens = length.to(weights.dtype), reached.to(weights.dtype)
    return torch.where(has_match, brevity_penalty(*lens) * total.exp(), 0)
