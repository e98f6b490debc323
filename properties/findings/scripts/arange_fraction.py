"""arange in int64 cuts its end to a whole number first, and has too few numbers."""

import torch

wide, narrow = (
    torch.arange(0, 2.5, dtype=dtype).tolist() for dtype in (torch.int64, torch.int32)
)
assert wide == [0, 1, 2], f"{wide} in int64, where ⌈2.5 / 1⌉ is 3; {narrow} in int32"
