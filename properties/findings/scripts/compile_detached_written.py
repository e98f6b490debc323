"""What is written to a detached argument, compiled, has no gradient."""

import torch


def store(cache, key):
    cache = cache.detach()
    cache[0] = key
    return cache


def gradient(function):
    key = torch.tensor(3.0, requires_grad=True)
    result = function(torch.zeros(2), key * 1)
    return torch.autograd.grad(result.sum(), key, allow_unused=True)[0]


eager, compiled = gradient(store), gradient(torch.compile(store))
assert compiled == eager, f"{compiled}, eagerly {eager}"
