"""adaptive_max_pool, compiled: the index of a NaN is that of another number."""

import torch
import torch.nn.functional as F

x = torch.tensor([[[1.0, float("nan"), 0.0]]])


def pool(x):
    return F.adaptive_max_pool2d(x, (1, 2), return_indices=True)


maxima, indices = torch.compile(pool)(x)
assert x.flatten()[indices].isnan().all(), (
    f"indices {indices.tolist()} of maxima {maxima.tolist()}"
)
