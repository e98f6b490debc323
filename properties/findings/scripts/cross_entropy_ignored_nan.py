"""cross_entropy: logits whose target is ignored have a gradient of NaN, not 0."""

import torch
import torch.nn.functional as F

inf = float("inf")
logits = torch.tensor([[0.0, 0.0], [inf, 0.0]], requires_grad=True)
loss = F.cross_entropy(logits, torch.tensor([0, -100]), ignore_index=-100)
loss.backward()
assert loss.isfinite()
assert torch.equal(logits.grad[1], torch.zeros(2)), f"{logits.grad[1].tolist()}, not 0"
