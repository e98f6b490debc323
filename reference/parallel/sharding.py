"""Splitting tensors among workers, and putting them together again."""

import numpy as np

from reference.arguments import along, check_least


def chunk(input: np.ndarray, *, chunks: int, dim: int = 0) -> tuple[np.ndarray, ...]:
    """Split a tensor into parts of one size, but for the last: scatter a batch.

        part_r = input[r · s : (r + 1) · s] along dim,   s = ⌈size / chunks⌉
        There are ⌈size / s⌉ parts, which may be fewer than chunks; an axis of size 0
        has chunks parts of size 0.

    Shapes:
        input   any number of axes
        result  as many arrays, input's dtype

    Units: dim counts axes, from the last if it is negative.

    Raises:
        ValueError: dim is not an axis of input, or chunks is below 1.

    Source: PyTorch's documentation of torch.chunk, which torch.nn.parallel scatters by.
    """
    check_least(1, chunks=chunks)
    size = along(input, dim).shape[-1]
    step = -(-size // chunks)
    starts = range(0, size, step) if size else [0] * chunks
    rows = np.moveaxis(input, dim, 0)
    return tuple(
        np.moveaxis(rows[start : start + step], 0, dim).copy() for start in starts
    )


def tensor_split(
    input: np.ndarray, *, sections: int, dim: int = 0
) -> tuple[np.ndarray, ...]:
    """Split a tensor into as many parts as there are workers, as alike as can be.

        The first size mod sections parts have ⌈size / sections⌉, the others
        ⌊size / sections⌋, which may be 0.

    Shapes:
        input   any number of axes
        result  `sections` arrays, input's dtype

    Units: dim counts axes, from the last if it is negative.

    Raises:
        ValueError: dim is not an axis of input, or sections is below 1.

    Source: PyTorch's documentation of torch.tensor_split.
    """
    check_least(1, sections=sections)
    least, longer = divmod(along(input, dim).shape[-1], sections)
    rows = np.moveaxis(input, dim, 0)
    parts, start = [], 0
    for part in range(sections):
        stop = start + least + (part < longer)
        parts.append(np.moveaxis(rows[start:stop], 0, dim).copy())
        start = stop
    return tuple(parts)


def gather_shards(*shards: np.ndarray, dim: int = 0) -> np.ndarray:
    """Put the parts of a tensor together, in the order of the workers.

        y = [shard_0, shard_1, …] along dim

    Shapes:
        shards  one array or more, of one shape but for the axis dim
        result  the sum of their sizes along dim, their dtype

    Units: dim counts axes, from the last if it is negative.

    Raises:
        ValueError: there are no shards, dim is not an axis of theirs, or they have
            different shapes elsewhere.

    Source: PyTorch's documentation of torch.cat.
    """
    if not shards:
        raise ValueError("shards are none; there must be at least one")
    rows = [along(shard, dim) for shard in shards]
    if len({part.shape[:-1] for part in rows}) > 1:
        shapes = [shard.shape for shard in shards]
        raise ValueError(f"shards have shapes {shapes}; only axis {dim} may differ")
    total = sum(part.shape[-1] for part in rows)
    y = np.zeros((*rows[0].shape[:-1], total), shards[0].dtype)
    start = 0
    for part in rows:
        y[..., start : start + part.shape[-1]] = part
        start += part.shape[-1]
    return np.moveaxis(y, -1, dim)
