"""fold: a padding beyond 32 bits crashes it."""

import torch
import torch.nn.functional as F

try:  # there are 2 ** 32 + 1 places for the window, and one column
    F.fold(torch.ones(1, 1, 1), (1, 1), (1, 1), padding=(2**31, 0))
except RuntimeError:
    print("refused, as a padding of 2 ** 30 is")
else:
    raise AssertionError("one column is taken for 4,294,967,297")
