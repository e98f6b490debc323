"""index_select, compiled, takes an index of -1 for the last."""

import torch

x, index = torch.arange(3.0), torch.tensor([-1])
try:
    found = torch.compile(torch.index_select)(x, 0, index).tolist()
except (IndexError, RuntimeError):
    found = None
assert found is None, f"{found}: eagerly an error, index out of range in self"
