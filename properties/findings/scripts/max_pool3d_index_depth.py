"""max_pool3d, channels last: the index of a window of -inf forgets the depth."""

import torch
import torch.nn.functional as F

x = torch.full((1, 2, 2, 1, 1), -float("inf"))
_, plain = F.max_pool3d(x, 1, return_indices=True)
_, last = F.max_pool3d(
    x.to(memory_format=torch.channels_last_3d), 1, return_indices=True
)
plain, last = plain.flatten().tolist(), last.flatten().tolist()
assert last == plain, f"{last}, not {plain}"
