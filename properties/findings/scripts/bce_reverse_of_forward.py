"""binary_cross_entropy: jacrev of jacfwd by the target is refused."""

import torch
from torch.func import jacfwd, jacrev


def loss(x):
    return torch.nn.functional.binary_cross_entropy(torch.tensor([0.25]), x.square())


x = torch.tensor([0.5])
right = jacrev(jacrev(loss))(x)
assert torch.allclose(jacrev(jacfwd(loss))(x), right)
