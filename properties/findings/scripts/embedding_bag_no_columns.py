"""embedding_bag refuses bags that are the rows of an array without columns."""

import torch
import torch.nn.functional as F

ids = torch.zeros(1, 0, dtype=torch.long)  # one bag of length 0
y = F.embedding_bag(ids, torch.ones(1, 1), mode="sum")
assert torch.equal(y, torch.zeros(1, 1)), y
