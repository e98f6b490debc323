"""special.zeta(2, inf) is NaN."""

import torch

two, numbers = torch.tensor(2.0), torch.tensor([1e10, torch.inf])
actual = torch.special.zeta(two, numbers)
assert not actual.isnan().any(), (
    f"{actual.tolist()} of {numbers.tolist()}; it falls to 0"
)
