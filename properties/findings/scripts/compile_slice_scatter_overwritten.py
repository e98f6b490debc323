"""slice_scatter, compiled: what its input is overwritten with is in its result, too."""

import torch


def embed(x, src):
    y = torch.slice_scatter(x, src, 0, 0, 1)
    x.zero_()
    return y


eager = embed(torch.ones(3), torch.full((1,), 5.0)).tolist()
compiled = torch.compile(embed)(torch.ones(3), torch.full((1,), 5.0)).tolist()
assert compiled == eager, f"{compiled}, eagerly {eager}"
