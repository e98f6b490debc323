"""trunc_normal_ in bfloat16 mixes uniform numbers in, where bounds leave out much."""

import torch

torch.manual_seed(0)
for dtype in (torch.float64, torch.bfloat16):
    weight = torch.empty(10000, dtype=dtype)
    torch.nn.init.trunc_normal_(weight, mean=0.0, std=0.02, a=0.02, b=2.0)
    far = (weight > 0.14).sum().item()
    print(dtype, weight.mean().item(), far)
assert far == 0, f"{far} of 10000 are more than 7 standard deviations away"
