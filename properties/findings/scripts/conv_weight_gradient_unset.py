"""conv1d in bfloat16: the gradient of a tap that meets only padding is not set."""

import torch
import torch.nn.functional as F

for _ in range(200):  # until memory that was used before is used again
    used = [torch.full((32, 2), 7.0, dtype=torch.bfloat16) for _ in range(8)]
    del used
    weight = torch.ones(1, 32, 2, dtype=torch.bfloat16, requires_grad=True)
    x = torch.ones(8, 32, 1, dtype=torch.bfloat16)
    F.conv1d(x, weight, stride=2, padding=1).sum().backward()
    first = weight.grad[0, :, 0]
    assert not first.any(), f"{first[first != 0][0].item()}: the tap reads only zeros"
