"""Indexing under vmap: no positions, mapped along another axis, are refused."""

import torch

x, positions = torch.ones(3, 5), torch.zeros(3, 0, 2, dtype=torch.long)


def gather(positions):
    return x[torch.arange(3)[:, None], positions]


assert gather(positions[..., 0]).shape == (3, 0)
assert torch.func.vmap(gather, in_dims=2)(positions).shape == (2, 3, 0)
