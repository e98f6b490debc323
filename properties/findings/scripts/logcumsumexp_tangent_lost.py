"""logcumsumexp: the forward-mode derivative of what is far below is lost."""

import torch


def first_of_two(x):
    return torch.logcumsumexp(x, 0)[0]


x = torch.tensor([-400.0, 400.0], dtype=torch.float64)
found = torch.func.jvp(first_of_two, (x,), (torch.ones_like(x),))[1].item()
assert found == 1, f"{found}, where 1 is right: the first is x₀ itself"
