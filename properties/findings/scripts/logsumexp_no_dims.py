"""logsumexp of no dims raises, but for keepdim=True."""

import torch

x = torch.zeros(2, 3)
kept = torch.logsumexp(x, (), True).item()
try:
    actual = torch.logsumexp(x, ()).item()
except RuntimeError as error:
    actual = str(error)
assert actual == kept, f"{actual!r}, where keepdim=True gives {kept}"
