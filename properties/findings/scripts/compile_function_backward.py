"""torch.compile: torch.func.grad does not ask the backward of an autograd.Function."""

import torch


class Sine(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x.sin()

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def backward(ctx, gradient):
        return 7 * gradient


derivative = torch.func.grad(lambda x: Sine.apply(x).sum())
found = torch.compile(derivative)(torch.ones(1)).item()
assert found == 7, f"{found}, where the backward says 7"
