"""sort and argsort with stable refuse dim and descending by their positions."""

import torch

refused = []
for function in (torch.sort, torch.argsort):
    try:
        function(torch.tensor([2, 1]), 0, False, stable=True)
    except TypeError:
        refused.append(function.__name__)
assert not refused, f"{refused} of (input, dim=-1, descending=False, *, stable=False)"
