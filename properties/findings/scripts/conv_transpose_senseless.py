"""conv_transpose1d refuses a dilation of 0, or a result of no pixels, only at times."""

import torch
import torch.nn.functional as F

weight = torch.ones(2, 1, 1)
for padding, dilation in [(0, 0), (1, 1)]:
    for dtype in (torch.float64, torch.float32):  # the first always refuses
        x = torch.ones(2, 2, 2, dtype=dtype)
        try:
            y = F.conv_transpose1d(
                x, weight.to(dtype), padding=padding, dilation=dilation, groups=2
            )
        except RuntimeError:
            continue
        raise AssertionError(f"{dtype}: a result of shape {tuple(y.shape)}")
