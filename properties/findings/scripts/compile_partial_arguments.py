"""torch.compile: a partial of a partial has the arguments of the outer alone."""

from functools import partial

import torch

power = partial(partial(pow, 2), 3)
arguments = torch.compile(lambda x: (x + 1, partial(partial(pow, 2), 3).args))
found = arguments(torch.zeros(1))[1]
assert found == power.args, f"{found}, where {power.args} is right"
