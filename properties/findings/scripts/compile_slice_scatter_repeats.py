"""slice_scatter, compiled, repeats a src that is smaller than the slice."""

import torch


def scatter(x, src):
    return torch.slice_scatter(x, src, 0, 0, 2)


try:
    made = (
        torch.compile(scatter)(torch.zeros(3, 1), torch.ones(1, 1)).flatten().tolist()
    )
except RuntimeError:
    made = None
assert made is None, f"{made}: eagerly an error, the slice has the shape (2, 1)"
