"""embedding_bag(scale_grad_by_freq=True) divides by how often another row was used."""

import torch
import torch.nn.functional as F

table = torch.zeros(4, 1, requires_grad=True)
ids, options = torch.tensor([[1, 1, 3]]), {"mode": "sum", "scale_grad_by_freq": True}
F.embedding_bag(ids, table, **options).backward()
actual = table.grad.flatten().tolist()
assert actual == [0, 1, 0, 1], f"{actual}: row 3 was used once"
