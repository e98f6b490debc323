"""A product in bfloat16 on AMX: NaN of one row reaches the row before it."""

import torch

x = torch.ones(17, 17, dtype=torch.bfloat16)
x[16] = torch.nan
y = x @ torch.ones(17, 16, dtype=torch.bfloat16)
rows = y.isnan().any(1).nonzero().flatten().tolist()
assert rows == [16], f"rows {rows} are NaN, where row 16 alone is to be"
