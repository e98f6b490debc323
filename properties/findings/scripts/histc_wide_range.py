"""histc drops all numbers, where they lie further apart than the dtype's greatest."""

import torch

counts = torch.histc(torch.tensor([-3e38, 3e38]), 2).tolist()
assert counts == [1, 1], f"{counts}, of one small and one large number"
