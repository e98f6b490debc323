"""torch.compile, recomputing all: dropout's gradient is of what it did not drop."""

import torch
import torch._functorch.config

torch._functorch.config.activation_memory_budget = 0.0


@torch.compile
def dropped(x):
    return torch.nn.functional.dropout(x.sin()).exp()


torch.manual_seed(0)
x = torch.ones(64, requires_grad=True)
y = dropped(x)
y.sum().backward()
off = ((y == 1) != (x.grad == 0)).sum().item()  # e⁰ is 1
assert not off, f"{off} of 64 numbers were dropped, and have a gradient, or neither"
