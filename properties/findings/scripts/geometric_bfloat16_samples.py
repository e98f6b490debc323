"""A geometric distribution in bfloat16 is 245 once in 512 times."""

import torch

torch.manual_seed(0)
p = torch.tensor(0.3, dtype=torch.bfloat16)
samples = torch.distributions.Geometric(p).sample((20000,)).float()
print(torch.empty(20000, dtype=torch.bfloat16).geometric_(0.3).float().max() - 1)
assert samples.max() < 100, f"{(samples > 100).sum()} of 20000 beyond 100"
