"""Known issues of poolings."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from properties.operations import ways

ALL = ("float64", "float32", "float16", "bfloat16")


def window_in_padding(input, *, dilation, **options):
    """Whether some window lies wholly in the padding, which takes dilation."""
    zeros = np.zeros(input.shape)
    return max(dilation) > 1 and sinks(zeros, dilation=dilation, **options)


def window_of_minus_infinity(input, *, dilation, **options):
    """Whether some window holds −∞ alone, in images that are not one pixel deep."""
    deep = input.shape[-3] > 1 and np.isneginf(input).any()
    return deep and sinks(input, dilation=dilation, **options)


def sinks(input, **options):
    """Whether the maximum of some window is −∞."""
    from properties.backends.numpy.pooling.max_pool import max_pool  # loads SciPy

    return np.isneginf(max_pool(input, **options | {"return_indices": False})).any()


def kernel_outgrows_image(input, *, kernel_size, **options):
    """Whether a window is wider than the image without its padding."""
    return any(k > n for k, n in zip(kernel_size, input.shape[-len(kernel_size) :]))


def power_of_negative(input, *, norm_type, **options):
    """Whether |x|^p is not x^p: where x is negative, and p neither even nor ∞."""
    return norm_type not in (2, 4, np.inf) and (input < 0).any()


def window_overhangs(input, *, kernel_size, stride, ceil_mode, norm_type, **options):
    """Whether a window of a finite norm reaches over the end of the image."""
    sizes = input.shape[-len(kernel_size) :]
    axes = zip(sizes, kernel_size, stride or kernel_size)
    cut = any((n - k) % s and (n - k) // s * s + s < n for n, k, s in axes)
    return ceil_mode and norm_type != np.inf and cut


def index_repeats(input, indices, *, kernel_size, **options):
    """Whether two numbers of a channel go to the same place."""
    lead = input.shape[: -len(kernel_size)]
    places = np.sort(indices.reshape(*lead, -1) if input.size else indices, axis=-1)
    return (np.diff(places, axis=-1) == 0).any()


def one_ratio(input, samples, *, output_ratio, **options):
    """Whether one ratio is given for all axes."""
    return isinstance(output_ratio, float)


def windows_fill_image(
    input, samples, *, kernel_size, output_size, output_ratio, **options
):
    """Whether windows a pixel apart take up the whole of some axis."""
    size = input.shape[-len(kernel_size) :]
    ratios = np.broadcast_to(output_ratio or 0.0, len(size))
    counts = output_size or [int(n * ratio) for n, ratio in zip(size, ratios)]
    return any(o + k - 1 == n for o, k, n in zip(counts, kernel_size, size))


KNOWN_ISSUES = [
    KnownIssue(
        operation=way,
        title="the index of a window in the padding is outside the image: its gradient "
        "goes to another channel, or out of the memory",
        link="https://github.com/pytorch/pytorch/issues/114216",
        dtypes=ALL,
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

KNOWN_ISSUES += [
    KnownIssue(
        operation=way,
        title="a kernel larger than the volume without its padding is refused",
        link="",
        dtypes=ALL,
        region=kernel_outgrows_image,
        example=(
            (np.ones((1, 1, 1, 1)),),
            {
                "kernel_size": (2, 1, 1),
                "stride": None,
                "padding": (1, 0, 0),
                "ceil_mode": False,
                "count_include_pad": True,
                "divisor_override": None,
            },
        ),
    )
    for way in ways("avg_pool3d")
]

KNOWN_ISSUES += [
    issue
    for axes in (1, 2, 3)
    for issue in (
        KnownIssue(
            operation=f"lp_pool{axes}d",
            title="an odd or fractional power of what is negative: NaN, not a norm",
            link="https://github.com/pytorch/pytorch/issues/184037",
            dtypes=ALL[: 2 if axes == 3 else 4],
            region=power_of_negative,
            example=(
                (np.full((1, *[1] * axes), -2.0),),
                {
                    "norm_type": 3.0,
                    "kernel_size": (1,) * axes,
                    "stride": None,
                    "ceil_mode": False,
                },
            ),
        ),
        KnownIssue(
            operation=f"lp_pool{axes}d",
            title="in ceil mode the sum of a window that overhangs the image is scaled "
            "by the whole window over what of it is in the image",
            link="",
            dtypes=ALL[: 2 if axes == 3 else 4],
            region=window_overhangs,
            example=(
                (np.ones((1, *[3] * axes)),),
                {
                    "norm_type": 2.0,
                    "kernel_size": (2,) * axes,
                    "stride": None,
                    "ceil_mode": True,
                },
            ),
        ),
    )
]

KNOWN_ISSUES += [
    KnownIssue(
        operation="fractional_max_pool2d",
        title="one number as output_ratio, which is documented, raises a TypeError",
        link="https://github.com/pytorch/pytorch/pull/99507",
        dtypes=ALL,
        region=one_ratio,
        example=(
            (np.ones((1, 1, 2, 2)), np.full((1, 1, 2), 0.5)),
            {
                "kernel_size": (1, 1),
                "output_size": None,
                "output_ratio": 0.5,
                "return_indices": True,
            },
        ),
        constant=("samples",),
    ),
    KnownIssue(
        operation="fractional_max_pool3d",
        title="as many windows as fit are refused as too many, in 3-d alone",
        link="",
        dtypes=ALL,
        region=windows_fill_image,
        example=(
            (np.ones((1, 1, 1, 1, 1)), np.full((1, 1, 3), 0.5)),
            {
                "kernel_size": (1, 1, 1),
                "output_size": (1, 1, 1),
                "output_ratio": None,
                "return_indices": True,
            },
        ),
        constant=("samples",),
    ),
]

DOCUMENTED = [
    KnownIssue(
        operation=way,
        title="whatever goes to one place has its gradient, not only what is last",
        link="https://docs.pytorch.org/docs/2.13/generated/torch.nn.MaxUnpool2d.html",
        dtypes=ALL,
        region=index_repeats,
        example=(
            (
                np.ones((1, *[1] * (axes - 1), 2)),
                np.zeros((1, *[1] * (axes - 1), 2), int),
            ),
            {
                "kernel_size": (1,) * axes,
                "stride": None,
                "padding": (0,) * axes,
                "output_size": None,
            },
        ),
    )
    for axes in (1, 2, 3)
    for way in ways(f"max_unpool{axes}d")
]
"""Indices that repeat, of which torch says that the results may be any."""
