"""A slice is copied, and then changed, compiled: the copy is of what it became."""

import torch


def copy_and_add(target, source):
    target[0:] = source[0:]
    source.add_(1)


def copied(function):
    target, source = torch.zeros(2), torch.ones(2)
    function(target, source)
    return target.tolist()


eager, compiled = copied(copy_and_add), copied(torch.compile(copy_and_add))
assert compiled == eager, f"{compiled}, eagerly {eager}"
