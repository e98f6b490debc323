"""torch.compile, with eager's random numbers: rand_like goes along another memory."""

import torch
import torch._inductor.config

torch._inductor.config.fallback_random = True


def draw(x):
    return torch.rand_like(x.t().contiguous())


x = torch.zeros(2, 3)
torch.manual_seed(0)
eager = draw(x)
torch.manual_seed(0)
compiled = torch.compile(draw)(x)
assert torch.equal(eager, compiled), f"{compiled[0]}, where {eager[0]} is right"
