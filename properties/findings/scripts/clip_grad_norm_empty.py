"""clip_grad_norm_(norm_type=inf) raises where one of several gradients is empty."""

import torch

params = [torch.ones(1, requires_grad=True), torch.ones(0, requires_grad=True)]
for param in params:
    param.grad = torch.ones_like(param)
norm = torch.nn.utils.clip_grad_norm_(params, 1.0, norm_type=float("inf"))
assert norm == 1, norm
