"""binary_cross_entropy: jacrev of jacfwd by the target is refused."""

import torch
from torch.func import jacfwd, jacrev


def loss(x):
    return torch.nn.functional.binary_cross_entropy(torch.tensor([0.25]), x.square())


assert jacrev(jacrev(loss))(torch.tensor([0.5])).shape == (1, 1)
jacrev(jacfwd(loss))(torch.tensor([0.5]))
