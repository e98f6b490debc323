"""Adam, AdamW, RMSprop and Adagrad: a float16 gradient of 0 makes NaN."""

import torch
from torch.optim import Adagrad, Adam, AdamW, RMSprop

for optimiser in (Adam, AdamW, RMSprop, Adagrad):
    weight = torch.nn.Parameter(torch.ones(1, dtype=torch.float16))
    weight.grad = torch.zeros_like(weight)
    optimiser([weight]).step()
    assert abs(weight) <= 1, f"{optimiser.__name__}: {weight.data}, of a gradient of 0"
