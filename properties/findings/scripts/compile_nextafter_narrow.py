"""torch.compile: the number after 1 is 1 in bfloat16 and float16."""

import torch

x = torch.tensor([1.0], dtype=torch.bfloat16)
y = torch.compile(torch.nextafter)(x, 2 * x)
assert y.item() == 1 + 2**-7, f"{y}, where {1 + 2**-7} is right"
