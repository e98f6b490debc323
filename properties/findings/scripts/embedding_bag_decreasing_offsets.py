"""embedding_bag takes offsets that decrease, and makes something up."""

import torch
import torch.nn.functional as F

ids, offsets = torch.tensor([0, 0, 0]), torch.tensor([0, 2, 0])
try:
    y = F.embedding_bag(ids, torch.ones(1, 1), offsets, mode="max")
except RuntimeError:
    raise SystemExit(0) from None
raise AssertionError(f"{y.flatten().tolist()} of bags from 0, from 2, and from 0 again")
