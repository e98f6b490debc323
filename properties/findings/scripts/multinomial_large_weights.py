"""multinomial does not draw equal weights equally often, where they are large."""

import torch

torch.manual_seed(0)
weights = torch.tensor([30000.0, 30000.0], dtype=torch.float16)
share = torch.multinomial(weights.expand(20000, 2), 1).double().mean().item()
assert abs(share - 0.5) < 0.02, f"the second is drawn in {share:.1%}"  # 5.6 σ
drawn = torch.multinomial(torch.tensor([3e38, 3e38]), 20000, replacement=True)
assert (drawn == 0).any(), "the first is never drawn"
