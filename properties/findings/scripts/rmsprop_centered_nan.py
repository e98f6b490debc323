"""RMSprop(centered=True): rounding makes the variance negative, and its root NaN."""

import torch

param = torch.zeros(64, requires_grad=True)
optimiser = torch.optim.RMSprop([param], alpha=0.9, centered=True)
for step in range(1, 201):
    param.grad = torch.arange(1.0, 65.0) / 10  # constant: the variance goes to 0
    optimiser.step()
    assert not param.isnan().any(), f"NaN after {step} steps"
