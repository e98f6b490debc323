"""interpolate of bytes in three channels to one pixel fails an internal assertion."""

import torch
import torch.nn.functional as F

x = torch.full((1, 3, 2, 2), 7, dtype=torch.uint8)
try:
    actual = F.interpolate(x, (1, 1), mode="bilinear").flatten().tolist()
except RuntimeError as error:
    actual = str(error).partition(" at ")[0]
assert actual == [7, 7, 7], f"{actual}, where each pixel is 7"
