"""torch.compile: softshrink of NaN is 0."""

import torch
from torch.nn.functional import softshrink

found = torch.compile(softshrink)(torch.tensor([torch.nan]))
assert found.isnan().all(), f"{found}, where NaN is right"
