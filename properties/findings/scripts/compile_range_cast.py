"""torch.compile: a range that is cast to truths, or to bytes, keeps its numbers."""

import torch


@torch.compile
def behind_the_first():
    return torch.arange(3).bool().float()


truths = behind_the_first().tolist()
assert truths == [0, 1, 1], f"{truths}, where 0, 1, 1 are right"
