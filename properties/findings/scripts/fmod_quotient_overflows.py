"""fmod and remainder of many numbers are NaN where the quotient overflows."""

import torch

x, y = torch.full((16,), 3e38), torch.full((16,), 0.5)
for function in (torch.fmod, torch.remainder):
    found, right = function(x, y)[0], function(x[:1], y[:1])[0]
    assert found == right, f"{found} of 16 numbers, {right} of one"
