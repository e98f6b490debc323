"""SGD(foreach=True, nesterov=True) adds the momentum to the gradient itself."""

import torch

for foreach in (False, True):
    param = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([param], 1.0, 0.5, nesterov=True, foreach=foreach)
    param.grad = torch.ones(1)
    optimiser.step()
    assert param.grad == 1, f"foreach={foreach}: step() made the gradient {param.grad}"
