"""multi_margin_loss: a score of NaN costs nothing."""

import torch
import torch.nn.functional as F

scores = torch.tensor([[1.0, float("nan"), 2.0]])
loss = F.multi_margin_loss(scores, torch.tensor([0]))
assert loss.isnan(), f"{loss.item()}; (max(0, 1 - 1 + NaN) + max(0, 1 - 1 + 2)) / 3"
