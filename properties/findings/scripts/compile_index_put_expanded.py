"""index_put into numbers that are expanded, compiled: all are overwritten."""

import torch


def put(x):
    row = (x + 1).expand(3)
    return row.index_put((torch.tensor([0]),), torch.tensor([5.0]))


x = torch.zeros(1)
actual, right = torch.compile(put)(x).tolist(), put(x).tolist()
assert actual == right, f"{actual}: {right} eagerly"
