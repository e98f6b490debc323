"""lerp under autocast refuses what autocast made narrow beside what it did not."""

import torch

x, square = torch.ones(2), torch.ones(2, 2)
with torch.autocast("cpu", torch.bfloat16):
    y = square @ x  # bfloat16
    assert torch.equal(x + 0.5 * (y - x), torch.full((2,), 1.5))
    assert torch.equal(torch.lerp(x, y, 0.5), torch.full((2,), 1.5))
