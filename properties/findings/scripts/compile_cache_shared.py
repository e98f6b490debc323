"""What was compiled for arguments that share memory, used for others from the cache."""

import os
import tempfile

os.environ["TORCHINDUCTOR_CACHE_DIR"] = tempfile.mkdtemp()

import torch


def add(x, y):
    x.mul_(2)
    return x + y


shared = torch.ones(3)
torch.compile(add)(shared, shared.view(3))
torch.compiler.reset()  # as another process, which has the same cache
total = torch.compile(add)(torch.ones(3), torch.ones(3))
assert total.tolist() == [3.0, 3.0, 3.0], total
