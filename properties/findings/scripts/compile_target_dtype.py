"""cross_entropy, compiled, takes targets that are not of dtype long."""

import torch
import torch.nn.functional as F


def loss(x, target):
    return F.cross_entropy(x, target)


try:
    found = torch.compile(loss)(
        torch.zeros(1, 2), torch.zeros(1, dtype=torch.int)
    ).item()
except RuntimeError:
    found = None
assert found is None, f"{found}: eagerly an error, targets have to be long"
