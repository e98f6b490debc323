"""clip_grad_norm_(max_norm=0) makes float16 gradients of 0 NaN."""

import torch

param = torch.zeros(1, dtype=torch.float16, requires_grad=True)
param.grad = torch.zeros(1, dtype=torch.float16)
torch.nn.utils.clip_grad_norm_([param], max_norm=0.0)
assert param.grad == 0, f"{param.grad.item()}: 0 / (0 + 1e-6) is 0"
