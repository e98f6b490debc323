"""scaled_dot_product_attention with fewer keys than values reads behind the keys."""

import torch
import torch.nn.functional as F

memory = torch.tensor([0.0, 100.0])
key = memory[:1].view(1, 1, 1, 1)  # one key; 100 lies behind it and is no part of it
value = torch.tensor([1.0, 2.0]).view(1, 1, 2, 1)
try:
    y = F.scaled_dot_product_attention(torch.ones(1, 1, 1, 1), key, value, scale=1.0)
except RuntimeError:
    raise SystemExit(0) from None  # one key does not go with two values
raise AssertionError(f"{y.item()}: 100, which lies behind the key, was read as a key")
