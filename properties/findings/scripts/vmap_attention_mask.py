"""scaled_dot_product_attention under vmap has no gradient by a mask of numbers."""

import torch
import torch.nn.functional as F

query, key, value = (torch.ones(3, 1, 2, 4, 4) for _ in range(3))
mask = torch.zeros(3, 1, 2, 4, 4, requires_grad=True)
F.scaled_dot_product_attention(query[0], key[0], value[0], mask[0]).sum().backward()
assert mask.grad is not None  # as it is without vmap
torch.func.vmap(F.scaled_dot_product_attention)(query, key, value, mask)
