"""Attention written out, compiled: a scale that is a tensor is refused."""

import torch


def attend(query, key, value, mask, scale):
    scores = query @ key.transpose(-2, -1) / scale + mask
    return scores.softmax(-1) @ value


x = torch.ones(1, 1, 2, 2)
tensors = x, x, x, torch.zeros(2, 2), torch.tensor(0.5)
eager, compiled = attend(*tensors), torch.compile(attend)(*tensors)
assert torch.equal(compiled, eager), f"{compiled}, eagerly {eager}"
