"""nll_loss of images: its backward refuses an input that is not contiguous."""

import torch
import torch.nn.functional as F

log_probs = torch.zeros(1, 2, 2, 2).mT.requires_grad_()
target = torch.zeros(1, 2, 2, dtype=torch.long)
F.nll_loss(log_probs, target).backward()  # the same call without backward() works
assert log_probs.grad.sum() == -1
