"""dropout while not training, compiled: what is written to its result is lost."""

import torch
import torch.nn.functional as F


def write(x):
    F.dropout(x, 0.5, training=False).add_(1)
    return x


actual, right = (
    torch.compile(write)(torch.zeros(1)).item(),
    write(torch.zeros(1)).item(),
)
assert actual == right, f"{actual}: {right} eagerly"
