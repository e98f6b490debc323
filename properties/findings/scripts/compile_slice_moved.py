"""A tensor moved by one place, compiled: it is read where it was written before."""

import torch


def move(x):
    x[1:] = x[:-1].clone()
    return x


eager = move(torch.arange(40.0))
compiled = torch.compile(move)(torch.arange(40.0))
at = (eager != compiled).nonzero().flatten()
assert not at.numel(), (
    f"{compiled[at].tolist()} at {at.tolist()}, eagerly {eager[at].tolist()}"
)
