"""torch.compile: the default dtype that a compiled function sets is set back."""

import torch


def call(x):
    torch.set_default_dtype(torch.float64)
    return x + 1


torch.compile(call)(torch.ones(1))
found = torch.get_default_dtype()
call(torch.ones(1))
right = torch.get_default_dtype()
assert found == right, f"{found}, where {right} was set"
