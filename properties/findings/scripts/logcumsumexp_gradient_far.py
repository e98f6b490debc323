"""logcumsumexp: gradients of great numbers are 1, whatever comes from above."""

import torch

for dtype, number in ((torch.float16, 5e3), (torch.float32, 1e8)):
    x = torch.full((1,), number, dtype=dtype, requires_grad=True)
    torch.logcumsumexp(x, 0).backward(torch.full((1,), 3.0, dtype=dtype))
    assert x.grad == 3, f"{x.grad} in {dtype}, where 3 is right: it is x itself"
