"""Weights and factors of another dtype, compiled, are taken."""

import torch
import torch.nn.functional as F

ones, wide = torch.ones(2, 1), torch.ones(1, 2, dtype=torch.double)
calls = {
    "mm": lambda: torch.mm(ones, wide),
    "layer_norm": lambda: F.layer_norm(ones, (1,), wide[0, :1]),
    "binary_cross_entropy": lambda: F.binary_cross_entropy(ones, wide.mT),
}
for name, call in calls.items():
    torch._dynamo.reset()
    try:
        found = torch.compile(call)().dtype
    except RuntimeError:
        found = None
    assert found is None, (
        f"{name} takes two dtypes, and gives {found}: eagerly an error"
    )
