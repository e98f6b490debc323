"""Adafactor: the eps of the first parameter's dtype is that of all others."""

import torch


def step(*dtypes):
    params = [torch.ones(2, dtype=dtype, requires_grad=True) for dtype in dtypes]
    for param in params:
        param.grad = torch.full_like(param, 1e-3)
    torch.optim.Adafactor(params, lr=0.01).step()
    return params[-1][0].item()


alone, behind = step(torch.float32), step(torch.bfloat16, torch.float32)
assert alone == behind, f"{alone} alone, {behind} behind a bfloat16 parameter"
