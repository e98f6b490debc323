"""torch.tensor drops all numbers of lists, if the first of the lists is empty."""

import torch

for data in ([[1], [1, 2]], [[], [1, 2]]):  # the first is refused
    try:
        made = torch.tensor(data)
    except ValueError:
        continue
    raise AssertionError(f"{data} is a tensor of shape {tuple(made.shape)}")
