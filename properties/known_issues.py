"""Faults of frameworks that are known: data, each with its upstream link.

Inputs in the region of a known issue are not given to a backend that has it. Its
pinned example must go on failing (test_known_issues.py): once upstream has mended it,
the run says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np


@cache
def cpu_flags():
    """What the processor can do, as Linux says it; empty elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    flags = (line.partition(":")[2].split() for line in lines if line[:5] == "flags")
    return frozenset(next(flags, ()))


def without_amx():
    """Whether bfloat16 is computed by AVX-512: AMX has kernels of its own."""
    return "avx512_bf16" in cpu_flags() and "amx_bf16" not in cpu_flags()


@dataclass(frozen=True)
class KnownIssue:
    """A fault, where it is, and the smallest call that shows it.

    Attributes:
        link: the upstream report or the nearest to it; "" if none was found.
        backend: the framework's name; versions: those that have the fault.
        machine: whether this machine shows it.
        region: whether tensors and options are where the fault may show.
        example: tensors and options that show it.
        calls: how often to call it: more than once where memory that was not set is
            read, a fault that cannot be shown at will.
        constant: tensors that the framework does not differentiate by.
    """

    operation: str
    title: str
    link: str
    dtypes: tuple[str, ...]
    machine: Callable[[], bool]
    region: Callable[..., bool]
    example: tuple[tuple, dict]
    backend: str = "torch"
    versions: tuple[str, ...] = ("2.13.0",)
    devices: tuple[str, ...] = ("cpu",)
    calls: int = 1
    constant: tuple[str, ...] = ()

    def concerns(self, backend, operation):
        """Whether a backend has the fault, on this machine."""
        version = backend.framework.offer["version"].partition("+")[0]
        return (
            self.operation == operation
            and self.backend == backend.framework.name
            and version in self.versions
            and backend.device in self.devices
            and backend.dtype in self.dtypes
            and self.machine()
        )


def columns_read(input, weight, *, stride, padding, dilation):
    """For each column of the result and of the kernel: does it meet the image?"""
    size, kernel = input.shape[-1], weight.shape[-1]
    out = (size + 2 * padding[-1] - dilation[-1] * (kernel - 1) - 1) // stride[-1] + 1
    first = np.arange(out) * stride[-1] - padding[-1]
    reads = np.add.outer(first, np.arange(kernel) * dilation[-1])
    return (reads >= 0) & (reads < size)


def columns_in_padding(input, weight, bias=None, *, groups=1, **window):
    """Whether the kernel meets only padding in some column of the result."""
    return not columns_read(input, weight, **window).any(axis=1).all()


def columns_last_in_padding(input, weight, bias=None, **options):
    """The same of `conv2d_channels_last`."""
    first = input.transpose(0, 3, 1, 2), weight.transpose(3, 2, 0, 1)
    return columns_in_padding(*first, groups=1, **options)


def narrower_than_stride(input, weight, bias=None, *, stride, **options):
    """Whether the stride steps over the whole width of an image, channels last."""
    return input.shape[2] < stride[1]


def one_column(input, weight, bias=None, *, stride, padding, dilation):
    """Whether the result is one column wide, and the stride more, channels last."""
    reach = dilation[1] * (weight.shape[1] - 1) + 1
    return stride[1] > 1 and input.shape[2] + 2 * padding[1] - reach < stride[1]


def taps_in_padding(input, weight, bias=None, *, groups=1, **window):
    """Whether a column of the kernel meets only padding, and the stride is above 1."""
    met = columns_read(input, weight, **window).any(axis=0)
    return window["stride"][-1] > 1 and not met.all()


def pairs_with_neighbours(input, weight, bias=None, **options):
    """Whether a channel without a partner is read together with the next pixel's."""
    return weight.shape[1] % 2 == 1 and not np.isfinite(input).all()


def smoothing_overflows(
    input, target, weight=None, *, label_smoothing=0.0, reduction="mean", **options
):
    """Whether the loss by every class, before it is scaled, may be beyond float16."""
    axis = min(1, input.ndim - 1)
    costs = input.max(axis, keepdims=True) - input + np.log(input.shape[axis])
    least = 1.0 if weight is None else min(1.0, weight.min())
    return bool(label_smoothing) and costs.sum() / least > 2.0**14


def has_negative_logits(input, target, weight=None, pos_weight=None, **options):
    """Whether (1 − y) · x − log σ(x), which PyTorch computes, cancels."""
    return pos_weight is not None or (input < 0).any()


ONE = np.ones((1, 1, 1, 1))
ONCE = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}

KNOWN_ISSUES = [
    KnownIssue(
        operation="conv2d",
        title="segmentation fault where columns of the result read only padding",
        link="https://github.com/uxlfoundation/oneDNN/issues/5942",
        dtypes=("float16",),
        machine=lambda: "avx512_fp16" in cpu_flags(),
        region=columns_in_padding,
        example=(
            (ONE, ONE, None),
            {"stride": (1, 3), "padding": (2, 2), "dilation": (1, 2), "groups": 1},
        ),
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="segmentation fault where columns of the result read only padding",
        link="https://github.com/uxlfoundation/oneDNN/issues/5942",
        dtypes=("float32", "bfloat16"),
        machine=lambda: "avx512f" in cpu_flags(),
        region=columns_last_in_padding,
        example=(
            (np.ones((2, 1, 1, 2)), np.ones((1, 1, 2, 1)), np.ones(1)),
            {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 2)},
        ),
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="the weight's gradient of images narrower than the stride is not set",
        link="https://github.com/pytorch/pytorch/issues/169688",
        dtypes=("bfloat16",),
        machine=without_amx,
        region=narrower_than_stride,
        example=(
            (np.ones((8, 32, 1, 2)), np.ones((1, 2, 2, 1)), None),
            {"stride": (1, 2), "padding": (0, 1), "dilation": (1, 1)},
        ),
        calls=500,
    ),
    KnownIssue(
        operation="conv2d_channels_last",
        title="a result one column wide is wrong where the stride is above 1",
        link="https://github.com/pytorch/pytorch/issues/169688",
        dtypes=("float32", "bfloat16"),
        machine=lambda: "avx512f" in cpu_flags(),
        region=one_column,
        example=(
            (np.ones((2, 6, 5, 1)), np.ones((3, 3, 1, 1)), None),
            {"stride": (1, 3), "padding": (0, 0), "dilation": (1, 1)},
        ),
    ),
    *[
        KnownIssue(
            operation=f"conv{axes}d",
            title="the weight's gradient is not set where it meets only padding",
            link="https://github.com/pytorch/pytorch/issues/169688",
            dtypes=("bfloat16",),
            machine=without_amx,
            region=taps_in_padding,
            example=(
                (
                    np.ones((8, 32, *[1] * axes)),
                    np.ones((1, 32, *[1] * (axes - 1), 2)),
                    None,
                ),
                {
                    "stride": (*[1] * (axes - 1), 2),
                    "padding": (*[0] * (axes - 1), 1),
                    "dilation": (1,) * axes,
                    "groups": 1,
                },
            ),
            calls=500,
        )
        for axes in (1, 2, 3)
    ],
    KnownIssue(
        operation="conv2d",
        title="NaN reaches pixels that do not see it, with an odd number of channels",
        link="https://github.com/pytorch/pytorch/issues/157237",
        dtypes=("bfloat16",),
        machine=without_amx,
        region=pairs_with_neighbours,
        example=(
            (np.array([[[[1, np.nan]]]]), np.ones((1, 1, 1, 2)), None),
            ONCE | {"padding": (0, 1)},
        ),
    ),
    KnownIssue(
        operation="cross_entropy",
        title="with label smoothing it divides before it scales: inf, not 14595",
        link="https://docs.pytorch.org/docs/stable/notes/numerical_accuracy.html",
        dtypes=("float16",),
        machine=lambda: True,
        region=smoothing_overflows,
        example=(
            (
                np.array([[0, 0, 0, 0, -917.5]]),
                np.array([1]),
                np.array([1, 0.0015811920166015625, 1, 1, 1]),
            ),
            {"ignore_index": -100, "reduction": "mean", "label_smoothing": 0.125},
        ),
        constant=("weight",),
    ),
    KnownIssue(
        operation="binary_cross_entropy_with_logits",
        title="negative logits cancel: of −7 against 0, float16 gives 0, not 0.0009",
        link="",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
        region=has_negative_logits,
        example=(
            (np.array([-7.0]), np.zeros(1), None, None),
            {"reduction": "none"},
        ),
    ),
]


def known_issue(backend, operation, tensors, options):
    """The known issue in whose region a call is, or None."""
    for issue in KNOWN_ISSUES:
        if issue.concerns(backend, operation) and issue.region(*tensors, **options):
            return issue
    return None
