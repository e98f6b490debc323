"""SGD(fused=True): a first step that is skipped leaves unset memory as momentum."""

import torch

torch.use_deterministic_algorithms(True)  # what is not set is NaN
param = torch.zeros(4, requires_grad=True)
optimizer = torch.optim.SGD([param], 1.0, momentum=0.5, fused=True)
scaler = torch.amp.GradScaler("cpu", init_scale=1.0)
for factor in (float("inf"), 1.0):
    optimizer.zero_grad()
    scaler.scale((param * factor).sum()).backward()
    scaler.step(optimizer)
    scaler.update()
off = (param != -1).sum().item()
assert not off, f"{off} of 4 are not −1: {param[0].item()}"
