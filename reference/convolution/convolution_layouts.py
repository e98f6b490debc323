"""One convolution, its axes in other orders: channels last, and none at all."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_channels, exact_rank
from reference.convolution.convolution import conv2d
from reference.windows import place_counts, window, window_options


def weight_to_channels_last(weight: np.ndarray) -> np.ndarray:
    """Move a weight's axes as TensorFlow has them.

        result[p, q, c, o] = weight[o, c, p, q]

    Shapes:
        weight  (out_channels, in_channels, kernel_height, kernel_width)
        result  (kernel_height, kernel_width, in_channels, out_channels)

    Raises:
        ValueError: weight has not four axes.

    Source: TensorFlow's documentation of tf.nn.conv2d, its filters; PyTorch's of
        torch.nn.functional.conv2d, its weight.
    """
    exact_rank("weight", weight, "filters channels height width")
    out_channels, in_channels, *kernel_size = weight.shape
    result = np.zeros((*kernel_size, in_channels, out_channels), weight.dtype)
    for p, q, c, o in np.ndindex(result.shape):
        result[p, q, c, o] = weight[o, c, p, q]
    return result


def weight_from_channels_last(weight: np.ndarray) -> np.ndarray:
    """Move a weight's axes as PyTorch has them.

        result[o, c, p, q] = weight[p, q, c, o]

    Shapes:
        weight  (kernel_height, kernel_width, in_channels, out_channels)
        result  (out_channels, in_channels, kernel_height, kernel_width)

    Raises:
        ValueError: weight has not four axes.

    Source: as `weight_to_channels_last`, which this undoes.
    """
    exact_rank("weight", weight, "height width channels filters")
    *kernel_size, in_channels, out_channels = weight.shape
    result = np.zeros((out_channels, in_channels, *kernel_size), weight.dtype)
    for o, c, p, q in np.ndindex(result.shape):
        result[o, c, p, q] = weight[p, q, c, o]
    return result


def conv2d_channels_last(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Convolve images whose channels come last.

        y[n, i, o] = bias[o] + Σ_p Σ_c  input[n, pixel, c] · weight[p, c, o]
        pixel = i · stride + p · dilation − padding, on both axes;
        input is zero outside its borders.

    Shapes:
        input   (batch, height, width, in_channels)
        weight  (kernel_height, kernel_width, in_channels, out_channels)
        bias    (out_channels), or None for zeros
        result  (batch, out_height, out_width, out_channels)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes that do not fit each other, a kernel that outgrows the
            padded image, or an option below its least value.

    Source: TensorFlow's documentation of tf.nn.conv2d, with data_format "NHWC"; there
        padding is "VALID", "SAME", or a number for each side.
    """
    exact_rank("input", input, "batch height width channels")
    exact_rank("weight", weight, "height width channels filters")
    options = window_options(2, stride, padding, dilation)
    batch, *size, in_channels = input.shape
    *kernel_size, channels, filters = weight.shape
    check_channels(in_channels, channels, filters, groups=1)
    if bias is not None and bias.shape != (filters,):
        raise ValueError(f"bias has shape {bias.shape}; it must be ({filters},)")
    places = place_counts(size, kernel_size, **options)
    y = np.zeros((batch, *places, filters), input.dtype)
    if bias is not None:
        y += bias
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, size, **options):
            for n, o, c in np.ndindex(batch, filters, channels):
                y[n, *place, o] += input[n, *pixel, c] * weight[*tap, c, o]
    return y


def comp_conv2d(
    x: np.ndarray,
    kernel: np.ndarray,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Convolve one image of one channel: give it those axes, and take them away.

        y = conv2d(x as a batch of one image of one channel, kernel likewise)[0, 0]

    Shapes:
        x       (height, width)
        kernel  (kernel_height, kernel_width)
        result  (out_height, out_width)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: x or kernel has not two axes, and as `conv2d`.

    Source: Zhang et al., "Dive into Deep Learning", section 7.3.1.
    """
    exact_rank("x", x, "height width")
    exact_rank("kernel", kernel, "height width")
    input, weight = x.reshape(1, 1, *x.shape), kernel.reshape(1, 1, *kernel.shape)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    y = conv2d(input, weight, **options)
    return y.reshape(y.shape[2:])
