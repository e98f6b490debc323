"""torch.func.grad of ctc_loss is refused, if the lengths are tuples."""

import torch


def loss(x):
    lengths = {"input_lengths": (2,), "target_lengths": (1,)}
    return torch.nn.functional.ctc_loss(x, torch.tensor([[1]]), **lengths)


x = torch.zeros(2, 1, 3, requires_grad=True)
loss(x).backward()
assert torch.equal(torch.func.grad(loss)(torch.zeros(2, 1, 3)), x.grad)
