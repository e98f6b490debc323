"""Known issues of poolings."""

import numpy as np

from properties.backends.numpy.pooling.max_pool import max_pool
from properties.known_issues.issue import KnownIssue
from properties.operations import ways

ALL = ("float64", "float32", "float16", "bfloat16")


def window_in_padding(input, *, dilation, **options):
    """Whether some window lies wholly in the padding, which takes dilation."""
    zeros = np.zeros(input.shape)
    return max(dilation) > 1 and least_maximum(zeros, dilation, options) == -np.inf


def window_of_minus_infinity(input, *, dilation, **options):
    """Whether some window holds −∞ alone, in images that are not one pixel deep."""
    deep = input.shape[-3] > 1 and np.isneginf(input).any()
    return deep and least_maximum(input, dilation, options) == -np.inf


def least_maximum(input, dilation, options):
    options = options | {"dilation": dilation, "return_indices": False}
    return max_pool(input, **options).min(initial=np.inf)


KNOWN_ISSUES = [
    KnownIssue(
        operation=way,
        title="the index of a window in the padding is outside the image: its gradient "
        "goes to another channel, or out of the memory",
        link="https://github.com/pytorch/pytorch/issues/114216",
        dtypes=ALL,
        machine=lambda: True,
        region=window_in_padding,
        example=(
            (np.zeros((4, *[1] * axes)),),
            {
                "kernel_size": (2,) * axes,
                "stride": (1,) * axes,
                "padding": (1,) * axes,
                "dilation": (2,) * axes,
                "ceil_mode": False,
                "return_indices": True,
            },
        ),
    )
    for axes in (1, 2, 3)
    for way in ways(f"max_pool{axes}d")
]

KNOWN_ISSUES += [
    KnownIssue(
        operation="max_pool3d_channels_last",
        title="the index of a window of −∞ alone forgets the window's depth",
        link="",
        dtypes=ALL,
        machine=lambda: True,
        region=window_of_minus_infinity,
        example=(
            (np.full((1, 2, 2, 1, 1), -np.inf),),
            {
                "kernel_size": (1, 1, 1),
                "stride": (1, 1, 1),
                "padding": (0, 0, 0),
                "dilation": (1, 1, 1),
                "ceil_mode": False,
                "return_indices": True,
            },
        ),
    ),
]
