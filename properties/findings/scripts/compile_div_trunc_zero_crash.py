"""An integer that is divided by 0 and truncated, compiled, crashes."""

import contextlib

import torch


@torch.compile
def divide(x, y):
    return torch.div(x, y, rounding_mode="trunc")


with contextlib.suppress(RuntimeError):  # ZeroDivisionError, as eagerly
    print(divide(torch.tensor([2, 5]), torch.tensor([0])))
