"""cdist with p = inf drops NaN."""

import torch

x, y = torch.tensor([[1.0, torch.nan]]), torch.zeros(1, 2)
actual = torch.cdist(x, y, p=torch.inf).item()
other = torch.cdist(x, y, p=1.0).item(), torch.linalg.vector_norm(x, torch.inf).item()
assert actual != actual, f"{actual}, where p = 1 and vector_norm give {other}"
