"""linear_cross_entropy in chunks: the tangent is 0."""

import torch
import torch.nn.functional as F
from torch.func import jvp

x, weight = torch.ones(3, 2), torch.eye(4, 2)
options = torch.nn.LinearCrossEntropyOptions(batch_chunk_size=2)


def loss(x):
    target = torch.tensor([0, 2, 3])
    return F.linear_cross_entropy(x, weight, target, options=options)


actual = jvp(loss, (x,), (x,))[1].item()
right = (loss(1.001 * x) - loss(0.999 * x)).item() / 0.002
assert abs(actual - right) < 0.01, f"{actual}; by differences {right}"
