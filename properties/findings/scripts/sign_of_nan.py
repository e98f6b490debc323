"""sign, sgn and heaviside of NaN are 0."""

import torch

nan = torch.tensor([torch.nan])
one = torch.ones(1)
actual = torch.sign(nan).item(), torch.sgn(nan).item(), torch.heaviside(nan, one).item()
assert all(number != number for number in actual), f"{actual}; NumPy's are NaN"
