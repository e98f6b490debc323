"""special.ndtr of −9 is 0."""

import torch

x = torch.tensor(-9.0, dtype=torch.float64)
actual, right = torch.special.ndtr(x), torch.special.log_ndtr(x).exp()
assert actual > right / 2, f"{actual}; log_ndtr(x).exp() is {right}"
