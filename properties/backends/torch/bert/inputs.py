"""What BERT reads, by joining and padding."""

import torch
import torch.nn.functional as F
from torch import Tensor


def get_tokens_and_segments(
    tokens_a: Tensor, tokens_b: Tensor | None = None, *, cls: int, sep: int
) -> tuple[Tensor, Tensor]:
    first = F.pad(F.pad(tokens_a, (1, 0), value=cls), (0, 1), value=sep)
    second = first[:0] if tokens_b is None else F.pad(tokens_b, (0, 1), value=sep)
    segments = torch.cat([torch.zeros_like(first), torch.ones_like(second)])
    return torch.cat([first, second]), segments


def pad_bert_input(
    tokens: Tensor,
    segments: Tensor,
    pred_positions: Tensor,
    labels: Tensor,
    *,
    max_len: int,
    max_preds: int,
    padding: int,
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    short, few = (0, max_len - len(tokens)), (0, max_preds - len(labels))
    return (
        F.pad(tokens, short, value=padding),
        F.pad(segments, short),
        torch.tensor(len(tokens)),
        F.pad(pred_positions, few),
        torch.arange(max_preds, device=labels.device) < len(labels),
        F.pad(labels, few),
    )
