"""What sizes convolutions and transposed convolutions have.

Everything here counts pixels along one axis; axes do not know of each other.
`reference.windows.output_size` has the size with equal padding on both sides.
"""

from reference.arguments import check_least
from reference.windows import output_size


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


def transposed_output_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Count the pixels that a transposed convolution makes of `size`.

        (size − 1) · stride − 2 · padding + dilation · (kernel − 1) + output_padding + 1

    Units: pixels. Padding takes away on both sides, output_padding adds on the far one.

    Raises:
        ValueError: nothing is left; output_padding is not below the stride or the
            dilation; or a size, kernel, stride or dilation below 1, or a padding or
            output_padding below 0.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep
        learning" (arXiv:1603.07285), relationship 14, where output_padding is a;
        dilation as in PyTorch's documentation of torch.nn.ConvTranspose2d.
    """
    check_least(1, size=size, stride=stride)
    check_least(0, padding=padding, output_padding=output_padding)
    reach = effective_kernel_size(kernel, dilation=dilation)
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding is {output_padding}; it must be less than the stride, "
            f"{stride}, or the dilation, {dilation}"
        )
    result = (size - 1) * stride - 2 * padding + reach + output_padding
    if result < 1:
        raise ValueError(f"padding is {padding}; it leaves an output of size {result}")
    return result


def restoring_output_padding(
    size: int, kernel: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Say which output_padding makes a transposed convolution give a size back.

        (size + 2 · padding − dilation · (kernel − 1) − 1) mod stride

    Convolving `size` pixels, then transposing with the same options and this
    output_padding, gives `size` again; 0 if and only if the stride divides.

    Units: pixels.

    Raises:
        ValueError: where `reference.windows.output_size` does.

    Source: Dumoulin and Visin (arXiv:1603.07285), relationship 14.
    """
    output_size(size, kernel, stride=stride, padding=padding, dilation=dilation)
    reach = effective_kernel_size(kernel, dilation=dilation)
    return (size + 2 * padding - reach) % stride
