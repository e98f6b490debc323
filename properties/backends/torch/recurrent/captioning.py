"""Captions by torch's recurrent layer."""

import torch
from torch import Tensor


def caption_rnn(
    words: Tensor,
    image: Tensor,
    w_xh: Tensor,
    w_hh: Tensor,
    w_ih: Tensor,
    w_hy: Tensor,
) -> Tensor:
    shown = image[:, None].expand(-1, words.shape[1], -1)
    x, weights = torch.cat([words, shown], 2), [torch.cat([w_xh, w_ih], 1), w_hh]
    begin = words.new_zeros(1, len(words), len(w_hh))
    h, _ = torch.rnn_tanh(x, begin, weights, False, 1, 0.0, False, False, True)
    return h @ w_hy.T


def generate_caption(
    embedding: Tensor,
    image: Tensor,
    *weights: Tensor,
    start: int,
    end: int,
    most: int,
) -> Tensor:
    caption = torch.tensor([start], device=image.device)
    while len(caption) <= most and (len(caption) == 1 or caption[-1] != end):
        y = caption_rnn(embedding[caption][None], image[None], *weights)
        caption = torch.cat([caption, y[0, -1].argmax()[None]])
    return caption[1:]
