"""pad(mode="circular") that crops all there is, and then wraps, reads unset memory."""

import torch
import torch.nn.functional as F

for _ in range(200):  # until memory that was used before is used again
    used = [torch.full((1, 1, 100), 7.0) for _ in range(8)]
    del used
    try:
        y = F.pad(torch.zeros(1, 1, 100), (-100, 100), mode="circular")
    except RuntimeError:
        raise SystemExit(0) from None  # nothing is left that could be wrapped around
    assert not y.any(), f"{y.max().item()} of zeros"
