"""pad(mode="reflect") that crops a volume away: its gradient is unset memory."""

import torch
import torch.nn.functional as F

for _ in range(200):  # until memory that was used before is used again
    used = [torch.full((1, 1, 1, 1, 4), 7.0) for _ in range(8)]
    del used
    x = torch.ones(1, 1, 1, 1, 4, requires_grad=True)
    nothing = F.pad(x, (-4, 0, 0, 0, 0, 0), mode="reflect")
    (gradient,) = torch.autograd.grad(nothing.sum(), x)
    assert not gradient.any(), f"{gradient.flatten().tolist()} of what is not used"
