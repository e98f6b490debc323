"""What sizes convolutions have, and which pixels their outputs depend on.

Everything here counts pixels along one axis; axes do not know of each other.
`reference.windows.output_size` has the size with equal padding on both sides.
"""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least
from reference.windows import output_size, window


def effective_kernel_size(kernel: int, *, dilation: int = 1) -> int:
    """Count the pixels from a dilated kernel's first tap to its last.

        dilation · (kernel − 1) + 1

    Units: pixels; dilation 1 is a dense kernel. Between neighbouring taps lie
        dilation − 1 pixels that the kernel does not read.

    Raises:
        ValueError: a kernel or dilation below 1.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep
        learning" (arXiv:1603.07285), section 5.1.
    """
    check_least(1, kernel=kernel, dilation=dilation)
    return dilation * (kernel - 1) + 1


def total_padding_output_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    total_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Count a window's places, given the padding of both sides together.

        ⌊(size − reach + total_padding + stride) / stride⌋
        reach = dilation · (kernel − 1) + 1

    Units: pixels. total_padding is what one side and the other add up to, so it
        may be odd; PyTorch's `padding` is half of it.

    Raises:
        ValueError: the kernel, dilated, outgrows the padded signal; or a kernel,
            stride or dilation below 1, or a size or total_padding below 0.

    Source: Zhang et al., "Dive into Deep Learning", "Padding and Stride".
    """
    check_least(0, size=size, total_padding=total_padding)
    check_least(1, stride=stride)
    reach = effective_kernel_size(kernel, dilation=dilation)
    if reach > size + total_padding:
        raise ValueError(
            f"the kernel reaches {reach}, more than size {size} "
            f"with total_padding {total_padding}"
        )
    return (size - reach + total_padding + stride) // stride


def same_output_size(size: int, *, stride: int = 1) -> int:
    """Count the outputs of a convolution whose padding is "same".

        ⌈size / stride⌉ = ⌊(size + stride − 1) / stride⌋

    Units: pixels. The kernel does not matter: the total padding is what its reach
        minus 1 asks for, so the size is the input's when the stride is 1.

    Raises:
        ValueError: a stride below 1, or a size below 0.

    Source: Zhang et al., "Dive into Deep Learning", "Padding and Stride".
    """
    check_least(0, size=size)
    check_least(1, stride=stride)
    return -(-size // stride)


def padding_for_output_size(
    size: int, kernel: int, wanted: int, *, stride: int = 1, dilation: int = 1
) -> int:
    """Find the least padding of both sides that gives an output of a wanted size.

        least p ≥ 0:  (wanted − 1) · stride ≤ size + 2p − reach < wanted · stride
        reach = dilation · (kernel − 1) + 1

    There is one unless even p = 0 gives more outputs than wanted, or stride is 1 and
    wanted − size + reach − 1 is odd: then the sides would have to differ.

    Units: pixels; padding counts one side, as PyTorch's does.

    Raises:
        ValueError: no padding gives that size; or a kernel, wanted size, stride or
            dilation below 1, or a size below 0.

    Source: relationship 15 of Dumoulin and Visin (arXiv:1603.07285), solved for
        the padding with its floor.
    """
    check_least(0, size=size)
    check_least(1, wanted=wanted, stride=stride)
    missing = stride * (wanted - 1) + effective_kernel_size(kernel, dilation=dilation)
    padding = max(0, (missing - size + 1) // 2)
    if size + 2 * padding >= missing + stride:
        raise ValueError(
            f"no padding of size {size} gives {wanted} outputs with kernel {kernel}, "
            f"stride {stride} and dilation {dilation}"
        )
    return padding


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
