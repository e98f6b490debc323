import torch
from torch import Tensor, nn


def padding_mask(input: Tensor, *, padding_idx: int) -> Tensor:
    return input.ne(padding_idx)


def sequence_mask(valid_lens: Tensor, *, max_len: int) -> Tensor:
    return torch.arange(max_len, device=valid_lens.device) < valid_lens[..., None]


def hidden_mask(mask: Tensor) -> Tensor:
    return ~mask


def additive_mask(mask: Tensor, like: Tensor) -> Tensor:
    return torch.zeros_like(mask, dtype=like.dtype).masked_fill(~mask, -torch.inf)


def combined_mask(valid: Tensor, visible: Tensor, *, heads: int) -> Tensor:
    return (valid[:, None, None] & visible).expand(-1, heads, -1, -1)


def class_masks(labels: Tensor, *, num_classes: int) -> Tensor:
    classes = torch.arange(num_classes, device=labels.device)
    return labels == classes.reshape(-1, *[1] * labels.ndim)


def causal_mask(*, size: int) -> Tensor:
    return nn.Transformer.generate_square_subsequent_mask(size) == 0
