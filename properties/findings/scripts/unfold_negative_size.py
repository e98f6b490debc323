"""unfold with a kernel of 2 ** 32 gives a tensor of a negative size."""

import torch
import torch.nn.functional as F

try:
    shape = tuple(F.unfold(torch.ones(1, 1, 5, 5), 2**32).shape)
except RuntimeError:
    print("refused, as a kernel of 7 is")
else:
    raise AssertionError(f"a result of shape {shape}")
