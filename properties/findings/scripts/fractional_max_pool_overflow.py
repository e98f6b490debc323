"""fractional_max_pool2d: a kernel that reaches beyond 64 bits is found to fit."""

import torch
import torch.nn.functional as F

x, samples = torch.ones(1, 4, 1), torch.full((1, 1, 2), 0.5)
kernel = (2**63 - 1, 1)
try:
    y = F.fractional_max_pool2d(x, kernel, output_size=(3, 1), _random_samples=samples)
except RuntimeError:
    print("refused, as a kernel of 2 ** 62 is")
else:
    raise AssertionError(f"a result of shape {tuple(y.shape)}: {y.flatten().tolist()}")
