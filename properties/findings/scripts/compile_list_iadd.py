"""torch.compile: what list.__iadd__ appends is lost."""

import torch


@torch.compile
def double(x, log):
    list.__iadd__(log, [4.0])
    return x * sum(log)


log = [1.0, 2.0]
total = double(torch.ones(1), log).item()
assert (total, log) == (7, [1, 2, 4]), f"{total} and {log}, where 4 was appended"
