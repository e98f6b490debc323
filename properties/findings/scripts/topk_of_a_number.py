"""topk(number, 0) gives one number, where none are to be taken."""

import torch

values, indices = torch.topk(torch.tensor(5.0), 0)
assert values.numel() == 0, f"{values.tolist()} is the greatest 0 of them"
