"""PyTorch without oneDNN, whose work its own kernels then do.

Also without NNPACK, which convolves 16 images and more where oneDNN does not, by
transforms of tiles: what each number is off by is a share of the tile's largest, and
one infinity makes NaN of a tile.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from properties.backends.torch_modes import within


@contextmanager
def setting() -> Iterator[None]:
    mkldnn, nnpack = torch.backends.mkldnn, torch.backends.nnpack
    with mkldnn.flags(enabled=False), nnpack.flags(enabled=False):
        yield


globals().update(within(setting))


def devices() -> list[str]:
    return ["cpu"]


def wide(device: str) -> list[str]:
    """None: convolutions that round once are oneDNN's."""
    return []
