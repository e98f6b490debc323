"""Which pixels the outputs of stacked convolutions depend on, along one axis."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least
from reference.convolution.convolution_sizes import effective_kernel_size
from reference.windows import output_size, window


def receptive_field(
    kernel_sizes: Sequence[int],
    *,
    strides: Sequence[int] | None = None,
    dilations: Sequence[int] | None = None,
) -> int:
    """Count the pixels that a stack of convolutions spans, from first to last.

        r_0 = 1;  r_l = r_{l−1} + dilation_l · (kernel_l − 1) · Π_{m<l} stride_m

    Shapes: one number for each layer, the input's first; None is 1 everywhere.

    Units: pixels of the input. Borders are left out: the span may exceed the
        input, and with dilation not every pixel in it need be read.

    Raises:
        ValueError: sequences of different lengths, or a number below 1.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional
        neural networks" (Distill, 2019), with a dilation for each layer.
    """
    layers = len(kernel_sizes)
    strides, dilations = _per_layer(layers, 1, strides=strides, dilations=dilations)
    span, step = 1, 1
    for kernel, stride, dilation in zip(kernel_sizes, strides, dilations):
        span += (effective_kernel_size(kernel, dilation=dilation) - 1) * step
        step *= stride
    return span


def dependencies(
    kernel_sizes: Sequence[int],
    *,
    place: int,
    size: int,
    strides: Sequence[int] | None = None,
    paddings: Sequence[int] | None = None,
    dilations: Sequence[int] | None = None,
) -> np.ndarray:
    """List the pixels that one output of a stack of convolutions may depend on.

        D_L = {place}
        D_{l−1} = {i · stride_l + p · dilation_l − padding_l : i ∈ D_l, p < kernel_l}
        What lies outside a signal is left out.

    Shapes:
        kernel_sizes, …   one number for each layer, the input's first; None is 1
                          (paddings: 0) everywhere
        result            the pixels in increasing order, int64; it may be empty

    Units: pixels. place counts outputs of the last layer, size the input's pixels.

    Raises:
        ValueError: sequences of different lengths, a number below 1 (paddings: 0),
            a kernel that outgrows its signal, or a place outside the last one.

    Source: Zhang et al., "Dive into Deep Learning", section 7.2 (receptive field: all
        elements that may affect the calculation of an element).
    """
    layers = len(kernel_sizes)
    strides, dilations = _per_layer(layers, 1, strides=strides, dilations=dilations)
    [paddings] = _per_layer(layers, 0, paddings=paddings)
    options = [
        {"stride": [s], "padding": [p], "dilation": [d]}
        for s, p, d in zip(strides, paddings, dilations)
    ]
    sizes = [size]
    for kernel, option in zip(kernel_sizes, options):
        one = {name: number for name, [number] in option.items()}
        sizes.append(output_size(sizes[-1], kernel, **one))
    if not 0 <= place < sizes[-1]:
        raise ValueError(f"place is {place}; the last layer has {sizes[-1]} outputs")
    pixels = {place}
    for n, kernel, option in reversed([*zip(sizes, kernel_sizes, options)]):
        windows = [window([i], [kernel], [n], **option) for i in pixels]
        pixels = {pixel for taps in windows for _, (pixel,) in taps}
    return np.array(sorted(pixels), np.int64)


def _per_layer(
    layers: int, least: int, **options: Sequence[int] | None
) -> list[Sequence[int]]:
    """Give each option one number per layer; None is the least everywhere.

    Raises:
        ValueError: another count than `layers`, or a number below `least`.
    """
    for name, numbers in options.items():
        if numbers is not None and len(numbers) != layers:
            raise ValueError(f"{name} is {numbers}; it takes {layers}, one per layer")
        for number in numbers or ():
            check_least(least, **{name: number})
    return [[least] * layers if given is None else given for given in options.values()]
