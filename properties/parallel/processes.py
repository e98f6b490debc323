"""What torch.distributed gives in processes on one machine, by gloo.

python -m properties.parallel.processes FOLDER reads FOLDER/given.npz, which
test_processes.py writes, and has each of two and of three processes write its results.
"""

import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

NO_GLOO = 77
WORLDS = (2, 3)
DTYPES = ("float64", "float32", "float16", "bfloat16")
LIMIT = timedelta(seconds=30)


def main(folder: str) -> None:
    if not (dist.is_available() and dist.is_gloo_available()):
        sys.exit(NO_GLOO)
    method = "fork" if sys.platform == "linux" else "spawn"
    for world in WORLDS:
        torch.multiprocessing.start_processes(
            work, (world, Path(folder)), nprocs=world, start_method=method
        )


def work(rank: int, world: int, folder: Path) -> None:
    """Be one of so many processes, and write down what it gets."""
    torch.set_num_threads(1)
    store = (folder / f"store{world}").as_uri()
    options = {"rank": rank, "world_size": world, "timeout": LIMIT}
    dist.init_process_group("gloo", init_method=store, **options)
    given = {
        name: torch.from_numpy(a) for name, a in np.load(folder / "given.npz").items()
    }
    results = {}
    for dtype in DTYPES:
        for size in (1, 5, 33, 65):
            row = given[f"rows {size}"][rank].to(getattr(torch, dtype))
            for name, tensor in collected(row, rank, world).items():
                results[f"{name} {size} {dtype}"] = tensor.double().numpy()
    if world == 2:
        for dtype in DTYPES[:2]:
            tensors = [
                given[name].to(getattr(torch, dtype)) for name in ("w", "x", "y")
            ]
            for name, tensor in trained(*tensors, rank).items():
                results[f"{name} {dtype}"] = tensor.detach().double().numpy()
    np.savez(folder / f"{world} {rank}.npz", **results)
    dist.destroy_process_group()


def collected(row: Tensor, rank: int, world: int) -> dict[str, Tensor]:
    """What a process has of its row, and the others', after each collective."""
    total, sent = row.clone(), row.clone()
    dist.all_reduce(total)
    dist.broadcast(sent, src=0)
    every = [torch.empty_like(row) for _ in range(world)]
    dist.all_gather(every, row)
    padded = nn.functional.pad(row, (0, -len(row) % world))
    part = torch.empty_like(padded[: len(padded) // world])
    dist.reduce_scatter_tensor(part, padded)
    return {
        "all_reduce": total,
        "broadcast": sent,
        "all_gather": torch.stack(every),
        "reduce_scatter": part,
    }


def trained(weight: Tensor, input: Tensor, target: Tensor, rank: int) -> dict:
    """What DistributedDataParallel has after a step, and after two."""
    results = {}
    for name, end in {"even": 8, "uneven": 6}.items():
        shares = slice(0, 4) if rank == 0 else slice(4, end)
        model = nn.Linear(len(weight), 1, bias=False, dtype=weight.dtype)
        parallel = DistributedDataParallel(model)
        optimizer = torch.optim.SGD(parallel.parameters(), lr=0.25)
        with torch.no_grad():
            model.weight.copy_(weight[None] * (rank == 0))
            dist.broadcast(model.weight, src=0)
        for step in range(2):
            optimizer.zero_grad()
            y = parallel(input[step, shares])[:, 0]
            (nn.functional.mse_loss(y, target[step, shares]) / 2).backward()
            results[f"{name} gradient {step}"] = model.weight.grad[0].clone()
            optimizer.step()
            results[f"{name} weight {step}"] = model.weight[0].clone()
    return results


if __name__ == "__main__":
    main(sys.argv[1])
