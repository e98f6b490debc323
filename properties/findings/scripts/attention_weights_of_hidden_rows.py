"""MultiheadAttention: a query that sees no key is 0, but NaN with need_weights."""

import torch

attention = torch.nn.MultiheadAttention(1, 1, bias=False)
x, hides = torch.ones(1, 1, 1), torch.ones(1, 1, dtype=torch.bool)
fused, _ = attention(x, x, x, attn_mask=hides, need_weights=False)
plain, _ = attention(x, x, x, attn_mask=hides, need_weights=True)
assert torch.equal(fused, plain), f"{plain.item()} with weights, {fused.item()} without"
