"""torch.compile: (−2) ** x is −(2 ** x) with backends that run the graph."""

import torch


def power(x):
    return (-2) ** x


def alternating(x, number):
    return x * (-1) ** number


x = torch.tensor([1.0, 2.0])
found = torch.compile(power, backend="eager")(x), torch.fx.symbolic_trace(power)(x)
print(*found, "where −2 and 4 are right")
compiled = torch.compile(alternating, backend="aot_eager")
found = [compiled(torch.ones(()), number).item() for number in (1, 2, 4)]
assert found == [-1, 1, 1], f"{found}, where −1, 1, 1 is right"
