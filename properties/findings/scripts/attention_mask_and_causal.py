"""scaled_dot_product_attention takes a mask beside is_causal."""

import torch
import torch.nn.functional as F

x = torch.ones(1, 1, 2, 2)
try:
    y = F.scaled_dot_product_attention(x, x, x, torch.zeros(2, 2), is_causal=True)
except RuntimeError:
    print("refused, as the math kernel refuses it")
else:
    raise AssertionError(f"{y.flatten().tolist()} where an error is documented")
