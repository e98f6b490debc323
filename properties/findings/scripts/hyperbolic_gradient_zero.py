"""asinh, acosh, atan and sinc: the gradient of 256 is 0 in float16."""

import torch

for function in (torch.asinh, torch.acosh, torch.atan, torch.sinc):
    narrow, wide = (
        torch.full((1,), 256, dtype=dtype, requires_grad=True)
        for dtype in (torch.float16, torch.float64)
    )
    function(narrow).backward(), function(wide).backward()
    error = abs(narrow.grad - wide.grad) / abs(wide.grad)
    assert error < 0.1, (
        f"{function.__name__}: {narrow.grad}, where {wide.grad} is right"
    )
