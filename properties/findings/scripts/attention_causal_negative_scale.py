"""scaled_dot_product_attention: is_causal with a scale of 0 or below gives NaN."""

import torch
import torch.nn.functional as F

query, key = torch.ones(1, 1, 1, 1), torch.ones(1, 1, 2, 1)
for scale in (-1.0, 0.0):
    y = F.scaled_dot_product_attention(query, key, key, is_causal=True, scale=scale)
    assert y.item() == 1, f"scale {scale}: {y.item()}, the query sees one value, 1"
