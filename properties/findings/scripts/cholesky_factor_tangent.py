"""cholesky_inverse and cholesky_solve: the tangent by the factor is another."""

import torch
from torch.func import jacrev, jvp

L = torch.tensor([[1.0, 0.0], [1.0, 2.0]], dtype=torch.float64)
along = torch.tensor([[0.0, 0.0], [1.0, 0.0]], dtype=torch.float64)
actual = jvp(torch.cholesky_inverse, (L,), (along,))[1]
right = (jacrev(torch.cholesky_inverse)(L) * along).sum((-2, -1))
assert (actual - right).abs().max() < 1e-9, (
    f"{actual.tolist()}; by the backward {right.tolist()}"
)
