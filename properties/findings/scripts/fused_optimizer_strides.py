"""Fused optimisers take parameter and gradient to lie alike, row after row."""

import torch

for optimiser in (torch.optim.SGD, torch.optim.Adagrad, torch.optim.Adam):
    after = []
    for fused in (False, True):
        memory = torch.zeros(4)
        param = memory[::2].requires_grad_()  # between its numbers are two of others
        param.grad = torch.tensor([0.0, 1.0])
        optimiser([param], lr=1.0, fused=fused).step()
        after.append(memory.detach().tolist())
    plain, fused = after
    assert fused == plain, f"{optimiser.__name__}: fused {fused}, not {plain}"
