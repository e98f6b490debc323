"""A view of a view that shares memory, compiled, is one of what it shares with."""

import torch


def first_of_rest(whole, rest):
    whole.add_(100)
    return rest[0]


whole = torch.arange(3.0)
actual = torch.compile(first_of_rest)(whole, whole[1:]).item()
assert actual == 101, f"{actual}: 101 is the first number of the rest"
