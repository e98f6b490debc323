"""torch.compile: flex_attention of a query that is NaN is 0."""

import torch
from torch.nn.attention.flex_attention import flex_attention

query, key = torch.full((1, 1, 1, 16), float("nan")), torch.ones(1, 1, 1, 16)
with torch.no_grad():
    found = torch.compile(flex_attention)(query, key, key)
assert found.isnan().all(), f"{found[0, 0, 0, 0]}, where NaN is right"
