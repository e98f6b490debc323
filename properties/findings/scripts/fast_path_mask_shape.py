"""The fast path of attention takes masks of any shape that has as many numbers."""

import torch

torch.manual_seed(0)
attention = torch.nn.MultiheadAttention(4, 2, batch_first=True).eval()
x = torch.randn(2, 3, 4)
hidden = torch.zeros(3, 3, dtype=torch.bool)
padding = torch.tensor([[False, False], [False, True], [False, True]])
masks = [
    {"attn_mask": hidden.flatten()},
    {"attn_mask": torch.zeros(36, 1, 1, dtype=torch.bool)},
    {"attn_mask": hidden, "key_padding_mask": padding},
]
taken = []
for given in masks:
    try:
        with torch.no_grad():
            attention(x, x, x, need_weights=False, **given)
    except (AssertionError, RuntimeError):
        continue
    taken.append({name: tuple(mask.shape) for name, mask in given.items()})
assert not taken, f"of two sequences of three, {taken} are taken"
