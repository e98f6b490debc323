"""torch.compile: an attribute of a class is read through objects as it was before."""

import torch


class Scaled(torch.nn.Module):
    scale = 1

    def forward(self, x):
        return x * self.scale


def call(module, x):
    Scaled.scale = 5
    return module(x)


found = torch.compile(call)(Scaled(), torch.ones(1)).item()
assert found == 5, f"{found}, where 5 is right"
