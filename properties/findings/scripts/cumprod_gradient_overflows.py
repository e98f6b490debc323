"""cumprod's gradient is NaN where a product on the way overflows; prod's is 0."""

import torch

x = torch.tensor([1e30, 1e30, 1e-30], requires_grad=True)
x.cumprod(0)[2].backward()
print(x.grad)

y = torch.tensor([1e-30, 1e-30, 1e30], requires_grad=True)
y.prod().backward()
print(y.grad)

print(torch.func.grad(torch.prod)(torch.tensor([0.0, 0.0, 1e30, 1e30])))
assert not x.grad[:2].isnan().any(), x.grad
