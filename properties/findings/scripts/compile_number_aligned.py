"""torch.compile: the text of a number is aligned as a word's, once it is dynamic."""

import torch


@torch.compile
def named(x):
    return x + 1, f"layer{x.shape[0]:02}"


names = [named(torch.ones(size))[1] for size in (2, 3)]
assert names == ["layer02", "layer03"], f"{names}"
