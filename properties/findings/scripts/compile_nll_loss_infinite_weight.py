"""nll_loss with an infinite weight, compiled: gradients of other numbers are NaN."""

import torch
import torch.nn.functional as F


def loss(log_probs, weight):
    return F.nll_loss(log_probs, torch.tensor([0]), weight, reduction="sum")


x, weight = torch.zeros(1, 2, requires_grad=True), torch.tensor([1.0, torch.inf])
right, actual = (
    torch.autograd.grad(f(x, weight), x)[0].tolist()
    for f in (loss, torch.compile(loss))
)
assert actual == right, f"{actual}: {right} eagerly"
