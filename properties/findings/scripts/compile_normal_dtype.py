"""torch.compile: normal of two dtypes is of the wider, not of the mean's."""

import torch

mean = torch.zeros(3, dtype=torch.float16)
right = torch.normal(mean, torch.ones(3)).dtype
found = torch.compile(torch.normal)(mean, torch.ones(3)).dtype
assert found == right, f"{found}, where {right} is right"
