"""What is known of a fault of a framework, and of the processor it is on."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from properties.backends.memory import IS_FILLED

REJECTED = "rejected"
"""The manner of calls that the definition rejects."""

TO_SEE_UNSET = 1 if IS_FILLED else 100
"""How often to call what reads memory that was not set: glibc's has been filled."""


UNUSED = {"avx2": ("avx512", "amx"), "default": ("avx", "fma", "amx")}
"""What PyTorch leaves unused, as ATEN_CPU_CAPABILITY has it (and ONEDNN_MAX_CPU_ISA,
AVX2 or SSE41, where both are set): how the names of the instruction sets begin."""


@cache
def cpu_flags():
    """What the processor can do, as Linux says it, and is used; empty elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    flags = (line.partition(":")[2].split() for line in lines if line[:5] == "flags")
    unused = UNUSED.get(os.environ.get("ATEN_CPU_CAPABILITY"), ())
    return frozenset(flag for flag in next(flags, ()) if not flag.startswith(unused))


def processor_has(flag):
    """Whether the processor has an instruction set, as Linux names it."""
    return flag in cpu_flags()


def without_amx():
    """Whether bfloat16 is computed by AVX-512: AMX has kernels of its own."""
    return processor_has("avx512_bf16") and not processor_has("amx_bf16")


def with_amx():
    """Whether bfloat16 is computed by AMX's tiles."""
    return processor_has("amx_bf16")


def narrow_by_avx512():
    """Whether there are instructions of AVX-512 for bfloat16, with AMX's or without."""
    return processor_has("avx512_bf16")


def anywhere():
    """Whether a fault is on this machine, of one that does not depend on machines."""
    return True


def narrow_by_onednn():
    """Whether oneDNN computes in bfloat16, as it does not without AVX-512."""
    return processor_has("avx512f")


def half_by_onednn():
    """Whether oneDNN computes in float16."""
    return processor_has("avx512_fp16")


ONEDNN = (("float32", anywhere), ("bfloat16", narrow_by_onednn))
"""The dtypes that PyTorch leaves to oneDNN, and on what machine."""


@dataclass(frozen=True)
class KnownIssue:
    """A fault, where it is, and the smallest call that shows it.

    Attributes:
        link: the upstream report or the nearest to it; "" if none was found.
        backend: the framework's name, or that of a mode of it, where the fault is in
            that mode alone; versions: those that have the fault.
        machine: whether this machine shows it.
        region: whether tensors and options are where the fault may show.
        example: tensors and options that show it.
        before: such pairs, of calls that have to be made first.
        calls: how often to call it: more than once is a fault that cannot be shown at
            will; it need not fail then.
        constant: tensors that the framework does not differentiate by.
        manners: in which of calls.MANNERS alone the fault shows, or REJECTED; () for
            any call that the definition has a result for.
    """

    operation: str
    title: str
    link: str
    dtypes: tuple[str, ...]
    region: Callable[..., bool]
    example: tuple[tuple, dict]
    machine: Callable[[], bool] = anywhere
    backend: str = "torch"
    versions: tuple[str, ...] = ("2.13.0",)
    devices: tuple[str, ...] = ("cpu",)
    before: tuple[tuple[tuple, dict], ...] = ()
    calls: int = 1
    constant: tuple[str, ...] = ()
    manners: tuple[str, ...] = ()

    def concerns(self, backend, operation):
        """Whether a backend has the fault, on this machine."""
        framework = backend.framework
        version = framework.offer["version"].partition("+")[0]
        return (
            self.operation == operation
            and self.backend in (framework.name, framework.offer.get("mode of"))
            and version in self.versions
            and backend.device in self.devices
            and backend.dtype in self.dtypes
            and self.machine()
        )
