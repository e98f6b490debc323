"""sigmoid, tanh and cross_entropy: gradients are 0 where results round to 1."""

import torch
from torch.nn.functional import cross_entropy

numbers = {torch.sigmoid: 9.0, torch.tanh: 5.0}
for function, number in numbers.items():
    for dtype in (torch.float16, torch.float32):
        x = torch.tensor([-number, number], dtype=dtype, requires_grad=True)
        function(x).sum().backward()
        print(dtype, function.__name__, *x.grad.tolist())
        assert x.grad[1] > 1e-4, f"{x.grad}, where both are {x.grad[0]}"

logits = torch.tensor([[17.0, 0.0]], requires_grad=True)
cross_entropy(logits, torch.tensor([0])).backward()
assert logits.grad.sum() == 0, f"{logits.grad}, whose sum is 0"
