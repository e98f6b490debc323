"""The memory of a worker: limited, and full where nothing has set it.

With glibc, memory that an object allocates is not 0, as it may be by chance, but full
of `UNSET`: what reads memory that nothing has set differs, and does each time.
"""

import contextlib
import ctypes
import functools
import platform
from collections.abc import Callable, Iterator
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None

IS_FILLED = platform.libc_ver()[0] == "glibc"  # what a worker allocates
M_PERTURB = -6  # of glibc's malloc.h
UNSET = 0x7F  # four are 3.4e38, the largest float32 but a few; of float16, two are NaN


@contextlib.contextmanager
def fill_what_is_allocated() -> Iterator[None]:
    """Have malloc fill what it hands out with the byte `UNSET`, where it is glibc's.

    Not while a request is read: for each part of it, multiprocessing allocates memory
    for all of it.
    """
    mallopt()(M_PERTURB, UNSET ^ 0xFF)
    try:
        yield
    finally:
        mallopt()(M_PERTURB, 0)


@functools.cache
def mallopt() -> Callable[[int, int], Any]:
    """glibc's function that sets an option of malloc; elsewhere one that does not."""
    return ctypes.CDLL(None).mallopt if IS_FILLED else lambda option, value: None


def limit_memory(limit: int) -> None:
    """Let this process's address space grow by `limit` bytes at most."""
    with open("/proc/self/statm") as sizes:
        pages = int(sizes.read().split()[0])
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(
        resource.RLIMIT_AS, (pages * resource.getpagesize() + limit, hard)
    )
