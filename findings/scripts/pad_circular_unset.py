"""pad(mode="circular") with a negative and a positive width reads unset memory."""

import torch
import torch.nn.functional as F

for _ in range(200):  # until memory that was used before is used again
    used = [torch.full((1, 1, 9), 7.0) for _ in range(8)]
    del used
    try:
        y = F.pad(torch.zeros(1, 1, 8), (-6, 7), mode="circular")
    except RuntimeError:
        raise SystemExit(0) from None  # 7 of the 2 numbers that are left cannot be had
    assert not y.any(), f"{y.flatten().tolist()} of zeros"
