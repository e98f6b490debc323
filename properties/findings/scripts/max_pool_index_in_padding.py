"""max_pool: the index of a window in the padding is outside the image."""

import torch
import torch.nn.functional as F

x = torch.zeros(4, 1, requires_grad=True)  # four channels of one pixel
y, index = F.max_pool1d(x, 2, stride=1, padding=1, dilation=2, return_indices=True)
y[0].sum().backward()  # of channel 0 alone
actual = x.grad.flatten().tolist()
assert (index == 0).all(), f"index {index[0].item()} of 1 pixel; gradient {actual}"
assert not any(actual[1:]), f"{actual}: channel 0's gradient went to another channel"
