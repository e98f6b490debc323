"""cross_entropy takes a label_smoothing below 0, and counts it as 0."""

import torch
import torch.nn.functional as F

logits, target = torch.tensor([[0.0, 1.0]]), torch.tensor([0])
for smoothing in (2.0, -1.0):  # the first is refused: "must be between 0.0 and 1.0"
    try:
        F.cross_entropy(logits, target, label_smoothing=smoothing)
    except RuntimeError:
        continue
    raise AssertionError(f"a label_smoothing of {smoothing} was taken")
