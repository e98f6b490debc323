import torch
from torch import Tensor

# torch.nn.parallel.scatter and gather, which copy to and from GPUs, are by these.


def chunk(input: Tensor, *, chunks: int, dim: int) -> tuple[Tensor, ...]:
    return torch.chunk(input, chunks, dim)


def tensor_split(input: Tensor, *, sections: int, dim: int) -> tuple[Tensor, ...]:
    return torch.tensor_split(input, sections, dim)


def gather_shards(*shards: Tensor, dim: int) -> Tensor:
    return torch.cat(shards, dim)
