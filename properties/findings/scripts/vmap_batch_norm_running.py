"""batch_norm under vmap: running averages mapped by axis 1 are not updated."""

import torch
import torch.nn.functional as F


def update(x, mean, var):
    F.batch_norm(x, mean, var, training=True, momentum=0.5)
    return mean


x = torch.tensor([[[1.0, 2.0], [3.0, 6.0]], [[0.0, 0.0], [4.0, 8.0]]])
first, second = (
    torch.func.vmap(update, in_dims=(0, axis, axis))(
        x, torch.zeros(2, 2), torch.ones(2, 2)
    )
    for axis in (0, 1)
)
assert torch.equal(first, second), f"{second.tolist()} where {first.tolist()} is right"
