"""torch.func.hessian of masked_scatter is refused, where numbers are left over."""

import torch


def cube(source):
    mask = torch.tensor([True, False])
    return torch.zeros(2).masked_scatter(mask, source).pow(3).sum()


found = torch.func.hessian(cube)(torch.tensor([1.0, 2.0, 3.0]))
assert found[0].tolist() == [6, 0, 0], f"{found}"
