"""embedding_bag: ids behind the last offset, which ends the bags, are in a bag."""

import torch
import torch.nn.functional as F

table = torch.tensor([[1.0], [5.0], [9.0]])
ids, offsets = torch.tensor([0, 1, 2]), torch.tensor([0, 2])
for mode, right in [("sum", 6.0), ("mean", 3.0), ("max", 5.0)]:
    y = F.embedding_bag(ids, table, offsets, mode=mode, include_last_offset=True)
    assert y.item() == right, f"{mode} of rows 0 and 1: {y.item()}, not {right}"
