"""Attention of a softmax and two products, compiled: a query that is NaN gives 0."""

import torch


def attend(query, key, value):
    scores = (query @ key.transpose(-2, -1)).mul(0.5)
    return scores.softmax(-1) @ value


query, ones = torch.full((1, 1, 2, 2), torch.nan), torch.ones(1, 1, 2, 2)
eager = attend(query, ones, ones).flatten().tolist()
compiled = torch.compile(attend)(query, ones, ones).flatten().tolist()
assert all(y != y for y in compiled), f"{compiled}, eagerly {eager}"
