"""relu of a bfloat16 difference, compiled, has another gradient: 1.7 is not rounded."""

import torch


def margin(x):
    return torch.clamp(1.7 - x, min=0)


x = torch.tensor([1.7], dtype=torch.bfloat16, requires_grad=True)
pair = []
for call in (torch.compile(margin), margin):
    pair.append(torch.autograd.grad(call(x).sum(), x)[0].item())
assert pair[0] == pair[1], f"{pair[0]}: {pair[1]} eagerly"
