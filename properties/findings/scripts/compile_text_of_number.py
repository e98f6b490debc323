"""The text of a number, compiled, equals no other text once the number is dynamic."""

import torch


@torch.compile
def is_five(x, number):
    return x + (1 if f"{number}" == "5" else 0)


for number in (3, 17, 5):
    got = is_five(torch.zeros(1), number)
    assert got == (number == 5), (number, got)
