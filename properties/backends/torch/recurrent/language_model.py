"""A language model of torch's recurrent layer."""

import torch
from torch import Tensor
from torch.nn import functional as F


def plain_rnn(
    x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias: Tensor
) -> tuple[Tensor, Tensor]:
    """One layer forwards, with tanh, time first."""
    weights = [weight_ih, weight_hh, bias, torch.zeros_like(bias)]
    return torch.rnn_tanh(x, h, weights, True, 1, 0.0, False, False, False)


def rnn_model(
    tokens: Tensor,
    state: Tensor | None,
    w_xh: Tensor,
    w_hh: Tensor,
    b_h: Tensor,
    w_hq: Tensor,
    b_q: Tensor,
) -> tuple[Tensor, Tensor]:
    x = F.one_hot(tokens.T, len(w_xh)).to(w_xh.dtype)
    h = w_hh.new_zeros(len(tokens), len(w_hh)) if state is None else state
    output, last = plain_rnn(x, h[None], w_xh.T, w_hh.T, b_h)
    return F.linear(output, w_hq.T, b_q).flatten(0, 1), last[0]


def predict_ch8(
    prefix: Tensor,
    w_xh: Tensor,
    w_hh: Tensor,
    b_h: Tensor,
    w_hq: Tensor,
    b_q: Tensor,
    *,
    num_preds: int,
) -> Tensor:
    weights = w_xh, w_hh, b_h, w_hq, b_q
    tokens = prefix
    logits, state = rnn_model(prefix[None], None, *weights)
    for _ in range(num_preds):
        token = logits[-1].argmax()[None]
        tokens = torch.cat([tokens, token])
        logits, state = rnn_model(token[None], state, *weights)
    return tokens


def perplexity(loss: Tensor, count: Tensor) -> Tensor:
    return torch.exp((loss * count).sum() / count.sum())


def latent_autoregressive(
    tokens: Tensor,
    hx: Tensor,
    w_xh: Tensor,
    w_hh: Tensor,
    b_h: Tensor,
    w_hq: Tensor,
    b_q: Tensor,
) -> Tensor:
    x = F.one_hot(tokens.T, len(w_xh)).to(w_xh.dtype)
    output, _ = plain_rnn(x, hx[None], w_xh.T, w_hh.T, b_h)
    h = torch.cat([hx[None], output[:-1]])
    return F.log_softmax(F.linear(h, w_hq.T, b_q), -1).transpose(0, 1)
