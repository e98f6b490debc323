"""PyTorch told to use deterministic algorithms, or to raise an exception.

What it raises one for, as its documentation lists, is not implemented:
docs.pytorch.org/docs/2.13/generated/torch.use_deterministic_algorithms.html.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
import torch._inductor.config  # the setting imports it: now, not in the first call

from properties.backends.torch_modes import within

HAS_NONE = "does not have a deterministic implementation"


@contextmanager
def setting() -> Iterator[None]:
    """Memory that is not set is filled with NaN besides: what reads it shows."""
    torch.use_deterministic_algorithms(True)
    try:
        yield
    except RuntimeError as error:
        if HAS_NONE in str(error):
            raise NotImplementedError(str(error)) from error
        raise
    finally:
        torch.use_deterministic_algorithms(False)


globals().update(within(setting))


def reproducible(device: str) -> bool:
    """Whether a call gives the same bits each time: here on CUDA, too."""
    return True
