"""torch.compile: the jvp of an autograd.Function is not asked by torch.func.jvp."""

import torch


class Sine(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x.sin()

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def jvp(ctx, tangent):
        return 7 * tangent


def derivative(x):
    return torch.func.jvp(Sine.apply, (x,), (torch.ones(1),))[1]


found = torch.compile(derivative)(torch.ones(1)).item()
assert found == 7, f"{found}, where the jvp says 7"
