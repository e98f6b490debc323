"""A gradient, compiled, by what an argument becomes after it was used."""

import torch


def wave(x, weight):
    result = x.sin() * weight
    x.add_(1)
    return result


weight = torch.ones(1, requires_grad=True)
torch.compile(wave)(torch.ones(1), weight).backward()
actual, right = weight.grad.item(), torch.ones(1).sin().item()
assert abs(actual - right) < 1e-3, f"{actual}: {right} is sin(1), and that is sin(2)"
