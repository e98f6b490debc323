"""mse_loss, compiled: the gradient of a mean of nothing is a division by zero."""

import torch
import torch.nn.functional as F

for mode in (lambda function: function, torch.compile):
    x = torch.zeros(0, requires_grad=True)
    mode(F.mse_loss)(x, torch.zeros(0)).backward()
    assert x.grad.shape == (0,)
