"""triangular_solve: the tangent is of all of the matrix, not of its triangle."""

import torch
from torch.func import jvp

A, b = torch.tensor([[2.0, 1.0], [3.0, 4.0]]), torch.ones(2, 1)
below = torch.tensor([[0.0, 0.0], [1.0, 0.0]])
value, actual = jvp(lambda A: torch.triangular_solve(b, A)[0], (A,), (below,))
assert not actual.any(), f"{actual.tolist()}, by what {value.tolist()} does not read"
