"""fractional_max_pool2d takes samples of more images than there are."""

import torch
import torch.nn.functional as F

samples = torch.full((2, 1, 2), 0.5)  # of two images
try:
    F.fractional_max_pool2d(torch.ones(1, 1, 1, 1), 1, 1, _random_samples=samples)
except RuntimeError:
    raise SystemExit(0) from None
raise AssertionError("samples of two images were taken for one")
