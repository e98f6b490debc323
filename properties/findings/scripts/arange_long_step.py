"""arange with a step beyond the end, and near 2**63, is empty, or raises."""

import torch


def of(step):
    try:
        return torch.arange(0, 10, step).tolist()
    except RuntimeError as error:
        return str(error)


actual = of(2**63 - 1), of(2**63 - 9)
assert actual == ([0], [0]), f"{actual}, where 0 comes before 10"
