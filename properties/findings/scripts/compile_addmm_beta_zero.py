"""addmm, compiled: beta=0.0 does not ignore NaN, where there is one row."""

import torch

unset = torch.full((1, 1), torch.nan)
row, column = torch.ones(1, 2), torch.ones(2, 1)


def product(input, mat1, mat2):
    return torch.addmm(input, mat1, mat2, beta=0.0)


eager = product(unset, row, column)
compiled = torch.compile(product)(unset, row, column)
assert torch.equal(compiled, eager), f"{compiled}, eagerly {eager}"
