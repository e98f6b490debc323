"""torch.compile: the running sum of a constant is not cast to the dtype asked for."""

import torch


@torch.compile
def count():
    return torch.full((3,), 1.5).cumsum(0, dtype=torch.int64)


counts = count()
assert counts.tolist() == [1, 2, 3], f"{counts}, where 1.5 is cast to 1 before"
