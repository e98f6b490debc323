"""SGD(fused=True, momentum=…) refuses a parameter whose gradients begin later."""

import torch

first, second = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([first, second], 1.0, momentum=0.5, fused=True)
first.grad = torch.ones(1)
optimizer.step()
second.grad = torch.ones(1)
optimizer.step()
assert (first.item(), second.item()) == (-2.5, -1), f"{first}, {second}"
