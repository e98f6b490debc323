"""Collectives by gloo: torch.distributed's groups, all of whose ranks are here."""

import atexit
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor

LIMIT = timedelta(seconds=20)


@cache
def _ranks(world: int) -> list:
    """A group's ranks, which find each other as those of several processes do."""
    if not (dist.is_available() and dist.is_gloo_available()):
        raise NotImplementedError("torch is built without gloo")
    store = dist.HashStore()

    def join(rank):
        return dist.ProcessGroupGloo(store, rank, world, LIMIT)

    with ThreadPoolExecutor(world) as pool:
        return [*pool.map(join, range(world))]


atexit.register(_ranks.cache_clear)  # threads of gloo that outlive torch abort


def _rows(input: Tensor) -> list[Tensor]:
    if input.is_cuda:
        raise NotImplementedError("gloo is on the CPU here")
    return [row.detach().clone() for row in input]


def _strided(input: Tensor) -> list[Tensor]:
    return [torch.stack([row, row], dim=-1)[..., 0] for row in _rows(input)]


def _all(call: Callable, *parts: Sequence) -> None:
    """Let each rank call, and wait for all of them."""
    works = [call(rank, *mine) for rank, *mine in zip(_ranks(len(parts[0])), *parts)]
    for work in works:
        work.wait()


def _all_reduce(rows: list[Tensor]) -> Tensor:
    _all(lambda rank, row: rank.allreduce(row), rows)
    return torch.stack(rows)


def _broadcast(rows: list[Tensor], root: int) -> Tensor:
    _all(lambda rank, row: rank.broadcast(row, root), rows)
    return torch.stack(rows)


def _reduce(rows: list[Tensor], root: int) -> Tensor:
    _all(lambda rank, row: rank.reduce(row, root), rows)
    return rows[root].clone()


def _scatter(rows: list[Tensor], results: list[Tensor], root: int) -> Tensor:
    given = [rows if rank == root else [] for rank in range(len(rows))]
    _all(lambda rank, y, parts: rank.scatter(y, parts, root), results, given)
    return torch.stack(results)


def _all_gather(rows: list[Tensor], results: list[list[Tensor]]) -> Tensor:
    _all(lambda rank, row, every: rank.allgather([every], [row]), rows, results)
    return torch.stack([torch.stack(every) for every in results])


def all_reduce_gloo(input: Tensor) -> Tensor:
    return _all_reduce(_rows(input))


def all_reduce_gloo_strided(input: Tensor) -> Tensor:
    return _all_reduce(_strided(input))


def broadcast_from_gloo(input: Tensor, *, root: int) -> Tensor:
    return _broadcast(_rows(input), root)


def broadcast_from_gloo_strided(input: Tensor, *, root: int) -> Tensor:
    return _broadcast(_strided(input), root)


def reduce_to_gloo(input: Tensor, *, root: int) -> Tensor:
    return _reduce(_rows(input), root)


def reduce_to_gloo_strided(input: Tensor, *, root: int) -> Tensor:
    return _reduce(_strided(input), root)


def scatter_from_gloo(input: Tensor, *, root: int) -> Tensor:
    return _scatter(_rows(input), _rows(torch.zeros_like(input)), root)


def scatter_from_gloo_strided(input: Tensor, *, root: int) -> Tensor:
    return _scatter(_strided(input), _strided(torch.zeros_like(input)), root)


def all_gather_gloo(input: Tensor) -> Tensor:
    return _all_gather(_rows(input), [_rows(input) for _ in input])


def all_gather_gloo_strided(input: Tensor) -> Tensor:
    return _all_gather(_strided(input), [_strided(input) for _ in input])


def reduce_scatter_gloo(input: Tensor) -> Tensor:
    rows = _rows(F.pad(input, (0, -input.shape[1] % len(input))))
    parts = [row.new_empty(len(row) // len(rows)) for row in rows]
    _all(lambda rank, part, row: rank._reduce_scatter_base(part, row), parts, rows)
    return torch.stack(parts)
