"""MultiheadAttention of an empty batch refuses a padding mask without need_weights."""

import torch

attention = torch.nn.MultiheadAttention(2, 1, batch_first=True)
x, padding = torch.ones(0, 3, 2), torch.zeros(0, 3, dtype=torch.bool)
y, _ = attention(x, x, x, key_padding_mask=padding)
assert y.shape == (0, 3, 2)
y, _ = attention(x, x, x, key_padding_mask=padding, need_weights=False)
assert y.shape == (0, 3, 2)
