"""torch.compile: acosh of great numbers is infinite."""

import torch

for dtype, number in ((torch.float64, 1e200), (torch.float32, 2e19)):
    x = torch.full((16,), number, dtype=dtype)
    found, right = torch.compile(torch.acosh)(x)[0], torch.acosh(x)[0]
    assert found.isfinite(), f"{found}, where {right} is right"
