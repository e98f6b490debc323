"""An integer that is divided by 0 and truncated, compiled, crashes."""

import torch


@torch.compile
def divide(x, y):
    return torch.div(x, y, rounding_mode="trunc")


try:
    print(divide(torch.tensor([2, 5]), torch.tensor([0])))
except RuntimeError as error:
    assert "ZeroDivisionError" in str(error)
