"""special.i1 and i1e: the gradient at NaN is 0.5."""

import torch

x = torch.tensor(torch.nan, requires_grad=True)
for function in (torch.special.i1, torch.special.i1e):
    result = function(x)
    (actual,) = torch.autograd.grad(result, x)
    assert actual.isnan(), (
        f"{function.__name__}(nan) is {result}, its gradient {actual}"
    )
