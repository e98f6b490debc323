"""embedding_bag(mode="max"): no bags, but ids: memory is overwritten."""

import torch
import torch.nn.functional as F

ids, offsets = torch.tensor([0, 1, 2]), torch.tensor([0])
for _ in range(300):
    try:
        y = F.embedding_bag(
            ids, torch.ones(3, 64), offsets, mode="max", include_last_offset=True
        )
    except RuntimeError:
        raise SystemExit(0) from None  # refusing would be right, too
    assert y.shape == (0, 64)
