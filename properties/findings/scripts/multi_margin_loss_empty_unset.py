"""multi_margin_loss of an empty batch: its sum is what was in memory before."""

import torch
import torch.nn.functional as F

for _ in range(200):  # until memory that was used before is used again
    used = [torch.full((), 7.0) for _ in range(8)]
    del used
    loss = F.multi_margin_loss(
        torch.ones(0, 3), torch.ones(0, dtype=torch.long), reduction="sum"
    )
    assert loss == 0, f"{loss.item()} is the sum of no losses"
