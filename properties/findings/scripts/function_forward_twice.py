"""autograd.Function: what its jvp computes is not differentiated again."""

import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x * x

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_forward(*inputs)

    @staticmethod
    def jvp(ctx, tangent):
        return 2 * ctx.saved_tensors[0] * tangent


def forward(f):
    return lambda x: torch.func.jvp(f, (x,), (torch.ones(1),))[1]


found = forward(forward(Square.apply))(torch.tensor([3.0])).item()
assert found == 2, f"{found}, where 2 is right"
