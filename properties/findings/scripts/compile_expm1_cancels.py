"""expm1, elu and selu, compiled: expm1 is exp − 1, which cancels."""

import torch
import torch.nn.functional as F

x = torch.full((16,), -(2.0**-26))

for f in (torch.expm1, F.elu, F.selu):
    eager, compiled = f(x)[0].item(), torch.compile(f)(x)[0].item()
    print(f.__name__, compiled, "eagerly", eager)
    assert compiled == eager
