"""torch.compile: the mean of nothing is 0 in var_mean."""

import torch

found = torch.compile(torch.var_mean)(torch.empty(0))
assert found[1].isnan(), f"{found}, where {torch.var_mean(torch.empty(0))} is right"
