"""torch.compile: what is sent to a generator that took an exception is lost."""

import torch


@torch.compile
def program(x):
    def values():
        value = None
        while True:
            try:
                value = yield value
            except KeyError:
                value = "caught"

    generator = values()
    next(generator)
    generator.throw(KeyError)
    return x + 1, generator.send(5)


value = program(torch.zeros(1))[1]
assert value == 5, f"{value}, where 5 is right"
