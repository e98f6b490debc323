"""torch.compile: an object whose __dict__ is replaced keeps what it had."""

import torch


class Settings:
    def __init__(self):
        self.rate = 1


@torch.compile
def program(x):
    settings = Settings()
    settings.__dict__ = {"rate": 5}
    return x + settings.rate


y = program(torch.zeros(1))
assert y == 5, f"{y}, where 5 is right"
