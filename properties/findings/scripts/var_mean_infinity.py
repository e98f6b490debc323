"""var_mean and std_mean: the mean of −∞ and numbers is NaN."""

import torch

x = torch.tensor([1.0, -torch.inf, 2.0])
for function in (torch.var_mean, torch.std_mean):
    found, right = function(x)[1], x.mean()
    assert found == right, f"{found}, where {right} is right, as of torch.mean"
