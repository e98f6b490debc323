"""Axes of no numbers that PyTorch refuses, and the definition takes, a row each.

It says so of each; in brackets is what makes two results right. That layers take an
empty batch is what https://github.com/pytorch/pytorch/issues/12013 asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Refused:
    """Where operations are not to be called.

    Attributes:
        reason: what PyTorch says.
        region: whether it is of a call's tensors and options.
    """

    reason: str
    operations: tuple[str, ...]
    region: Callable[..., bool]


def is_without_pixels(input, weight, *others, **options):
    """Whether there is nothing in an image, or in a kernel, but for an empty batch."""
    return 0 in input.shape[1:] or not weight.size


def is_empty_but_for_the_batch(input, *others, **options):
    return 0 in input.shape[1:]


def extends_or_leaves_nothing(input, *, pad, mode="constant", **options):
    """Whether an image that is mirrored, or repeated, is or comes to be empty."""
    sizes = zip(input.shape[::-1], pad[::2], pad[1::2])
    left = [size + before + after for size, before, after in sizes]
    return mode != "constant" and (0 in input.shape[1:] or min(left) <= 0)


def has_no_classes(input, *others, **options):
    return 0 in input.shape[:2][-1:]


def is_empty(input, *others, **options):
    return not input.size


REFUSED = [
    Refused(
        "only zero batch or zero channel inputs are supported; "
        "expected weight to be at least 1 at dimension 0",
        (
            *("conv1d", "conv2d", "conv3d", "conv2d_same"),
            *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
        ),
        is_without_pixels,
    ),
    Refused(
        "possibly 0 batch size and other non-zero dimensions",
        ("unfold", "fold"),
        is_empty_but_for_the_batch,
    ),
    Refused(
        "possibly 0 batch size and other non-zero dimensions for input; "
        "input is too small",
        ("pad",),
        extends_or_leaves_nothing,
    ),
    Refused(
        "Expected reduction dim to have non-zero size",
        ("masked_max_prototype",),
        is_empty,
    ),
    Refused(
        "(of no classes there is no distribution: positions cost 0, or 0 / 0)",
        ("cross_entropy",),
        has_no_classes,
    ),
]
