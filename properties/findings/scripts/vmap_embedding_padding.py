"""vmap: of the padding row, embedding's gradient is 0 in the first table alone."""

import torch
import torch.nn.functional as F


def lookup(ids, table):
    return F.embedding(ids, table, padding_idx=0)


tables = torch.ones(3, 2, 1, requires_grad=True)
ids = torch.tensor([[0, 1]] * 3)
torch.func.vmap(lookup)(ids, tables).sum().backward()
actual = tables.grad[:, 0].flatten().tolist()
assert actual == [0, 0, 0], f"{actual}; row 0 of each table is padding"
