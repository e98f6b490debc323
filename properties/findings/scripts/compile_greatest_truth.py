"""torch.compile: the C++ of the greatest of computed truths does not compile."""

import torch


@torch.compile
def has_padding(tokens):
    return (tokens == 2).max()


found = has_padding(torch.arange(5)).item()
assert found is True, f"{found}"
