"""embedding_bag(mode="max"): NaN counts only if it is the first of the bag."""

import torch
import torch.nn.functional as F

table, ids = torch.tensor([[1.0], [float("nan")]]), torch.tensor([[0, 1]])
bag = F.embedding_bag(ids, table, mode="max").item()
equivalent = F.embedding(ids, table).max(dim=1).values.item()
assert bag != bag, f"{bag}; Embedding followed by torch.max(dim=1) is {equivalent}"
