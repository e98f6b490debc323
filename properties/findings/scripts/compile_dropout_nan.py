"""dropout, compiled, takes NaN for a probability."""

import torch
import torch.nn.functional as F


def drop(x):
    return F.dropout(x, float("nan"))


try:
    found = torch.compile(drop)(torch.ones(2)).tolist()
except (RuntimeError, ValueError):
    found = None
assert found is None, f"{found}: eagerly an error, p has to be between 0 and 1"
