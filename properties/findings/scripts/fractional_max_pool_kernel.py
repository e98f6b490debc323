"""fractional_max_pool takes kernels below 1, and samples outside of [0, 1]."""

import torch
import torch.nn.functional as F

x = torch.arange(16.0).view(1, 1, 4, 4)
for kernel, sample in ((0, 0.5), ((2, -99), 0.5), (2, 2.0)):
    samples = torch.full((1, 1, 2), sample)
    try:
        y, index = F.fractional_max_pool2d_with_indices(
            x, kernel, output_size=2, _random_samples=samples
        )
    except RuntimeError:
        print("refused, as a kernel of 5 is")
    else:
        raise AssertionError(f"maxima {y.tolist()} at {index.tolist()} of 16")
