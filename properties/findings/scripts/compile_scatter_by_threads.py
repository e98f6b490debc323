"""The gradient of windows, compiled, where two threads add: memory is overwritten."""

import torch

torch.set_num_threads(2)


def of_windows(x, weight):
    return (x.unfold(0, 2, 1).unfold(1, 2, 1) * weight.permute(3, 2, 1, 0)).sum()


x, weight = torch.ones(3, 3, requires_grad=True), torch.ones(2, 2, 2, 2)
(right,) = torch.autograd.grad(of_windows(x, weight), x)
(actual,) = torch.autograd.grad(torch.compile(of_windows)(x, weight), x)
assert torch.equal(actual, right), f"{actual}, but {right} is right"
