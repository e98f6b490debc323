"""Encoders and decoders by torch's embeddings and recurrent layers."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from properties.backends.torch.recurrent.layers import gru, recurrent_module
from properties.backends.torch.seq2seq.teacher_forcing import shift_right


def seq2seq_encoder(
    tokens: Tensor,
    valid_lens: Tensor | None,
    embeddings: Tensor,
    *weights: Tensor | None,
    num_layers: int = 1,
    bidirectional: bool = False,
) -> tuple[Tensor, Tensor]:
    x = F.embedding(tokens, embeddings)
    options = {"num_layers": num_layers, "bidirectional": bidirectional}
    if valid_lens is None:
        return gru(x.transpose(0, 1), None, *weights, batch_first=False, **options)
    module, own = recurrent_module(nn.GRU, 3, weights, batch_first=True, **options)
    packed = pack_padded_sequence(
        x, valid_lens.cpu(), batch_first=True, enforce_sorted=False
    )
    output, state = torch.func.functional_call(module, own, (packed, None))
    return pad_packed_sequence(output, total_length=tokens.shape[1])[0], state


def seq2seq_decoder(
    tokens: Tensor,
    context: Tensor | None,
    hx: Tensor,
    embeddings: Tensor,
    weight: Tensor,
    bias: Tensor,
    *weights: Tensor | None,
    num_layers: int = 1,
) -> tuple[Tensor, Tensor]:
    x = F.embedding(tokens, embeddings)
    if context is not None:
        x = torch.cat([x, context[:, None].expand(-1, x.shape[1], -1)], 2)
    h, state = gru(x, hx, *weights, num_layers=num_layers, batch_first=True)
    return F.linear(h, weight, bias), state


def seq2seq(
    source: Tensor,
    source_lens: Tensor | None,
    target: Tensor,
    source_embeddings: Tensor,
    target_embeddings: Tensor,
    weight: Tensor,
    bias: Tensor,
    *weights: Tensor | None,
    bos: int,
    num_layers: int = 1,
    has_context: bool = True,
) -> Tensor:
    encoder, decoder = weights[: len(weights) // 2], weights[len(weights) // 2 :]
    tables, layers = (source_embeddings, *encoder), {"num_layers": num_layers}
    _, state = seq2seq_encoder(source, source_lens, *tables, **layers)
    context = state[-1] if has_context else None
    begin = shift_right(target, bos=bos), context, state, target_embeddings
    return seq2seq_decoder(*begin, weight, bias, *decoder, **layers)[0]
