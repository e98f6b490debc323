"""A slice with a step near 2**63 is empty, or raises."""

import torch


def of(numbers, start):
    try:
        return list(map(int, numbers[start : 5 : 2**63 - 1]))
    except RuntimeError as error:
        return str(error)


actual = of(torch.arange(5), 0), of(torch.arange(5), 2)
right = of(range(5), 0), of(range(5), 2)
assert actual == right, f"{actual} where {right} is right"
