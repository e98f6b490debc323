"""Norms of numbers from 2 · 10¹⁹ are infinite, their gradients and quotients 0."""

import torch
from torch.nn.functional import normalize

x = torch.tensor([1e20, 1.0], requires_grad=True)
norm = torch.linalg.vector_norm(x)
norm.backward()
weight = torch.nn.Parameter(torch.ones(2))
weight.grad = x.detach().clone()
torch.nn.utils.clip_grad_norm_([weight], 1.0)
found = norm.item(), x.grad[0].item(), normalize(x, dim=0)[0].item(), weight.grad[0]
print(*found, "where 10²⁰, 1, 1 and 1 are right")
assert all(found[1:])
