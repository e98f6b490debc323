"""torch.compile: how a metaclass makes objects is left out."""

import torch


class Counted(type):
    def __call__(cls, value):
        return super().__call__(value + 1)


class Number(metaclass=Counted):
    def __init__(self, value):
        self.value = value


y = torch.compile(lambda x: x + Number(1).value)(torch.zeros(1))
assert y == 2, f"{y}, where 2 is right"
