"""log_softmax of a product of two numbers, compiled, is refused."""

import torch


def log_softmax(x, y):
    return torch.log_softmax(x * y, -1)


one = torch.tensor(1.0)
assert log_softmax(one, one) == 0
assert torch.compile(log_softmax)(one, one) == 0
