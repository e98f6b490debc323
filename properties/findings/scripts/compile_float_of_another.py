"""torch.compile: what was compiled for one float is taken for another."""

import os
import tempfile

os.environ["TORCHINDUCTOR_CACHE_DIR"] = tempfile.mkdtemp()
os.environ["TORCHINDUCTOR_FORCE_DISABLE_CACHES"] = "0"

import torch
from torch.nn.functional import threshold


def limited(x, limit):
    return threshold(x, limit, limit)


x = torch.zeros(3)
for limit in (1.5, 2.5, 3.5):
    found = torch.compile(limited)(x, limit)
    assert found.eq(limit).all(), f"{found}, where {limit} is right"
