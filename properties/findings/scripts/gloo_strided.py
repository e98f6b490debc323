"""gloo's broadcast of a strided tensor sends what is side by side in memory."""

from datetime import timedelta
from threading import Thread

import torch
import torch.distributed as dist

store, results = dist.HashStore(), [None, None]


def take_part(rank):
    group = dist.ProcessGroupGloo(store, rank, 2, timedelta(seconds=20))
    matrix = torch.zeros(2, 2) if rank else torch.tensor([[1.0, 8.0], [2.0, 9.0]])
    column = matrix[:, 0]
    group.broadcast(column, 0).wait()
    results[rank] = column.tolist()


ranks = [Thread(target=take_part, args=(rank,)) for rank in (0, 1)]
[rank.start() for rank in ranks]
[rank.join() for rank in ranks]
assert results == [[1, 2], [1, 2]], f"sent {results[0]}, received {results[1]}"
