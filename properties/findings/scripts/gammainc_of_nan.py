"""special.gammainc and gammaincc of NaN are 0 or 1 by 0 and infinity."""

import torch

nan, numbers = torch.tensor(torch.nan), torch.tensor([0.0, 1.0, torch.inf])
actual = torch.special.gammainc(nan, numbers)
assert actual.isnan().all(), f"{actual.tolist()} of NaN and {numbers.tolist()}"
