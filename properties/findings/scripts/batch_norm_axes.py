"""batch_norm takes a bias of no axis for one of a channel."""

import torch
import torch.nn.functional as F

x, zeros, ones = torch.ones(3, 1, 4), torch.zeros(1), torch.ones(1)
try:
    F.batch_norm(x, zeros, ones, weight=ones, bias=torch.tensor(0.0))
except RuntimeError:
    raise SystemExit(0) from None
raise AssertionError("a bias of shape () was taken for one of shape (1,)")
