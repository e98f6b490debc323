"""Greedy translation by torch, all sequences of a batch at once."""

import torch
from torch import Tensor

from properties.backends.torch.seq2seq.encoder_decoder import (
    seq2seq_decoder,
    seq2seq_encoder,
)


def predict_seq2seq(
    source: Tensor,
    source_lens: Tensor | None,
    source_embeddings: Tensor,
    target_embeddings: Tensor,
    weight: Tensor,
    bias: Tensor,
    *weights: Tensor | None,
    bos: int,
    eos: int,
    num_steps: int,
    num_layers: int = 1,
    has_context: bool = True,
) -> Tensor:
    encoder, decoder = weights[: len(weights) // 2], weights[len(weights) // 2 :]
    tables, layers = (source_embeddings, *encoder), {"num_layers": num_layers}
    _, state = seq2seq_encoder(source, source_lens, *tables, **layers)
    context = state[-1] if has_context else None
    rest = target_embeddings, weight, bias, *decoder
    tokens = torch.full_like(source[:, :1], bos)
    written, has_ended = [], torch.zeros_like(tokens, dtype=torch.bool)
    for _ in range(num_steps):
        logits, state = seq2seq_decoder(tokens, context, state, *rest, **layers)
        tokens = logits.argmax(-1).masked_fill(has_ended, eos)
        written.append(tokens)
        has_ended = tokens == eos
    return torch.cat(written, 1)
