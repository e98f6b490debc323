"""A view within inference_mode, compiled: it is refused, and what comes after, too."""

import torch


def flat(x):
    with torch.inference_mode():
        return x.view(-1)


actual = torch.compile(flat)(torch.ones(2, 2)).tolist()
assert actual == [1, 1, 1, 1], actual
