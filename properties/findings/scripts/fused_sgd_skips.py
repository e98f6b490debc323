"""SGD(fused=True) in bfloat16 skips what fills a vector, and steps the rest."""

import torch

param = torch.zeros(97, dtype=torch.bfloat16, requires_grad=True)
param.grad = torch.ones(97, dtype=torch.bfloat16)
torch.optim.SGD([param], lr=1.0, fused=True).step()
skipped = (param == 0).sum().item()
assert skipped == 0, f"{skipped} of 97 numbers were not updated"
