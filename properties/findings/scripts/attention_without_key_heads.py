"""scaled_dot_product_attention(enable_gqa=True) divides by the number of key heads."""

import torch
import torch.nn.functional as F

query, key, value = (torch.ones(1, heads, 1, 1) for heads in (2, 0, 1))
try:
    F.scaled_dot_product_attention(query, key, value, enable_gqa=True)
except RuntimeError:
    raise SystemExit(0) from None  # two heads cannot share no key
