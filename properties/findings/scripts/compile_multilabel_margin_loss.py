"""torch.compile: multilabel_margin_loss counts targets behind a −1."""

import torch
import torch.nn.functional as F

scores = torch.tensor([[1.0, 2, 3, 4]])
target = torch.tensor([[0, -1, -1, -1]])
loss = torch.compile(F.multilabel_margin_loss)(scores, target)
assert loss == 2.25, f"{loss}, where 2.25 is right"
