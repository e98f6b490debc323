"""Subsequences in PyTorch under the names of reference/text/subsequences.py."""

from torch import Tensor


def lagged_features(input: Tensor, *, tau: int) -> tuple[Tensor, Tensor]:
    return input.unfold(0, tau, 1)[: len(input) - tau].clone(), input[tau:]


def seq_data_iter_random(
    corpus: Tensor, order: Tensor, *, batch_size: int, num_steps: int, offset: int
) -> tuple[Tensor, Tensor]:
    used = len(order) // batch_size * batch_size
    parts = []
    for shift in (0, 1):
        text = corpus[offset + shift :][: len(order) * num_steps]
        rows = text.reshape(len(order), num_steps)[order[:used]]
        parts.append(rows.reshape(used // batch_size, batch_size, num_steps))
    return tuple(parts)


def seq_data_iter_sequential(
    corpus: Tensor, *, batch_size: int, num_steps: int, offset: int
) -> tuple[Tensor, Tensor]:
    row = (len(corpus) - offset - 1) // batch_size
    batches = row // num_steps
    parts = []
    for shift in (0, 1):
        text = corpus[offset + shift :][: batch_size * row].reshape(batch_size, row)
        kept = text[:, : batches * num_steps]
        parts.append(kept.reshape(batch_size, batches, num_steps).transpose(0, 1))
    return tuple(parts)
