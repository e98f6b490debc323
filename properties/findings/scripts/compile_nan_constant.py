"""torch.compile: softmax and max_pool of a constant that is NaN are refused."""

import torch


def softmax_of_nan():
    return torch.softmax(torch.full((2, 2), torch.nan), 1)


print(torch.compile(softmax_of_nan)())
