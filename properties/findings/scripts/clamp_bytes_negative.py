"""clamp of bytes to a least below 0 gives the greatest everywhere."""

import torch

x = torch.tensor([0, 1, 255], dtype=torch.uint8)
for function in (torch.clamp, torch.compile(torch.clamp)):
    found = function(x, -1, 100)
    assert found.tolist() == [0, 1, 100], f"{found}, where 0, 1, 100 is right"
