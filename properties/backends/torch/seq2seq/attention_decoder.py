"""A decoder with additive attention, by torch."""

import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.attention.scoring import additive_scores
from properties.backends.torch.recurrent.layers import gru


def bahdanau_decoder(
    tokens: Tensor,
    enc_outputs: Tensor,
    hx: Tensor,
    valid_lens: Tensor | None,
    embeddings: Tensor,
    w_q: Tensor,
    w_k: Tensor,
    w_v: Tensor,
    weight: Tensor,
    bias: Tensor,
    *weights: Tensor | None,
    num_layers: int = 1,
) -> tuple[Tensor, Tensor, Tensor]:
    keys = torch.arange(enc_outputs.shape[1], device=tokens.device)
    lens = torch.full_like(tokens[:, 0], len(keys))
    lens = lens if valid_lens is None else valid_lens
    hidden, nothing = keys >= lens[:, None, None], lens[:, None, None] <= 0
    outputs, rows, state = [], [], hx
    for x in F.embedding(tokens, embeddings).split(1, 1):
        scores = additive_scores(state[-1][:, None], enc_outputs, w_q, w_k, w_v)
        scores = scores.masked_fill(hidden, -torch.inf).masked_fill(nothing, 0)
        a = scores.softmax(-1).masked_fill(nothing, 0)
        x = torch.cat([a @ enc_outputs, x], 2)
        h, state = gru(x, state, *weights, num_layers=num_layers, batch_first=True)
        outputs.append(F.linear(h, weight, bias))
        rows.append(a)
    return torch.cat(outputs, 1), state, torch.cat(rows, 1)
