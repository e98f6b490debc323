"""mse_loss: its Hessian times a vector, as jvp of grad, is refused."""

import torch
from torch.func import grad, jvp

target = torch.zeros(2)
gradient = grad(lambda x: torch.nn.functional.mse_loss(x, target))
found = jvp(gradient, (torch.ones(2),), (torch.ones(2),))[1].tolist()
assert found == [1, 1], f"{found}"
