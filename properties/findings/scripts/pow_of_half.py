"""−∞ to the power 0.5 is NaN, and −0.0 to the power −0.5 is −∞."""

import torch

x = torch.tensor([-torch.inf, -0.0])
y = x**0.5
assert y[0] == torch.inf, f"{y}, where inf, 0 is right"
z = x**-0.5
assert z[1] == torch.inf, f"{z}, where 0, inf is right"
