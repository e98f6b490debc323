"""torch.compile: itertools.repeat with its arguments by name is refused."""

from itertools import repeat

import torch

y = torch.compile(lambda x: x + sum(repeat(object=2, times=3)))(torch.zeros(1))
assert y == 6, f"{y}, where 6 is right"
