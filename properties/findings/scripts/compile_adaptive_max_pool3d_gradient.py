"""adaptive_max_pool3d, channels last, compiled: the gradient is other pixels'."""

import torch
import torch.nn.functional as F


def pool(x):
    return F.adaptive_max_pool3d(x, (1, 1, 2))


volume = torch.tensor([[0.0, 1.0], [1.0, 0.0]]).view(1, 2, 1, 1, 2)
volume = torch.cat([volume, 2 + volume], 4)
x = volume.to(memory_format=torch.channels_last_3d).requires_grad_()
right, actual = (
    torch.autograd.grad(f(x).sum(), x)[0].flatten().tolist()
    for f in (pool, torch.compile(pool))
)
assert actual == right, f"{actual}: {right} eagerly"
