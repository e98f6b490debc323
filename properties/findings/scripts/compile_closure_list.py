"""torch.compile: what a method appends to a list of its closure is lost."""

import torch


def make():
    log = []

    class Helper:
        def __call__(self, x):
            log.append(1)
            return x

    return Helper, log


Helper, log = make()


def call(x):
    return Helper()(x) + len(log)


found = torch.compile(call)(torch.zeros(1)).item()
assert (found, log) == (1, [1]), f"{found} and {log}, where 1 and [1] are right"
