"""Truncated backpropagation by torch: states are detached between chunks."""

import torch
from torch import Tensor

from properties.backends.torch.recurrent.language_model import plain_rnn


def truncated_bptt(
    input: Tensor,
    hx: Tensor,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias: Tensor,
    cotangent: Tensor,
    *,
    steps: int,
) -> tuple[Tensor, ...]:
    leaves = [t.detach().requires_grad_() for t in (hx, weight_ih, weight_hh, bias)]
    h, outputs = leaves[0][None, None], []
    for chunk in input.split(steps):
        output, h = plain_rnn(chunk[:, None], h, *leaves[1:])
        outputs.append(output[:, 0])
        h = h.detach()
    return torch.autograd.grad(torch.cat(outputs), leaves, cotangent)
