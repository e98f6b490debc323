"""Likelihoods of sequences in PyTorch, as of reference/text/sequence_likelihood.py."""

import torch.nn.functional as F
from torch import Tensor


def autoregressive_log_prob(logits: Tensor, tokens: Tensor) -> Tensor:
    return -F.cross_entropy(logits.mT, tokens, reduction="none").sum(1)


def token_perplexity(logits: Tensor, tokens: Tensor, *, ignore_index: int) -> Tensor:
    return F.cross_entropy(logits.mT, tokens, ignore_index=ignore_index).exp()
