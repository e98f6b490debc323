"""The gradients of a convolution, written out."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_channels, exact_rank, per_axis
from reference.windows import place_counts, window, window_options


def conv2d_input_gradient(
    weight: np.ndarray,
    grad_output: np.ndarray,
    *,
    input_size: Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Hand the gradient of a convolution's result back to its input.

        grad[n, g · C + c, pixel] = Σ_o Σ_i Σ_p  grad_output[n, o, i] · weight[o, c, p]
        over the filters o of group g, and all places i and taps p with
        i · stride + p · dilation − padding = pixel; C = in_channels / groups.

    Shapes:
        weight       (out_channels, in_channels / groups, kernel_height, kernel_width)
        grad_output  (batch, out_channels, out_height, out_width)
        result       input_size, (batch, in_channels, height, width)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes that no `conv2d` has, or an option below its least value.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", eq. 9.13, where stride
        is the only option.
    """
    options = window_options(2, stride, padding, dilation)
    input_size = per_axis("input_size", input_size, 4, least=1)
    places = _gradient_places(
        grad_output, input_size, weight.shape, groups=groups, **options
    )
    out_channels, channels, *kernel_size = weight.shape
    filters = out_channels // groups
    grad = np.zeros(input_size, grad_output.dtype)
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, input_size[2:], **options):
            for n, o, c in np.ndindex(len(grad), out_channels, channels):
                amount = grad_output[n, o, *place] * weight[o, c, *tap]
                grad[n, o // filters * channels + c, *pixel] += amount
    return grad


def conv2d_weight_gradient(
    input: np.ndarray,
    grad_output: np.ndarray,
    *,
    weight_size: Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Hand the gradient of a convolution's result back to its weight.

        grad[o, c, p] = Σ_n Σ_i  grad_output[n, o, i] · input[n, g · C + c, pixel]
        pixel = i · stride + p · dilation − padding; input is zero outside its borders;
        g is the group of filter o, and C = in_channels / groups.

    Shapes:
        input        (batch, in_channels, height, width)
        grad_output  (batch, out_channels, out_height, out_width)
        result       weight_size,
                     (out_channels, in_channels / groups, kernel_height, kernel_width)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes that no `conv2d` has, or an option below its least value.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", eq. 9.11, where stride
        is the only option.
    """
    options = window_options(2, stride, padding, dilation)
    weight_size = per_axis("weight_size", weight_size, 4, least=1)
    places = _gradient_places(
        grad_output, input.shape, weight_size, groups=groups, **options
    )
    out_channels, channels, *kernel_size = weight_size
    filters = out_channels // groups
    grad = np.zeros(weight_size, grad_output.dtype)
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, input.shape[2:], **options):
            for n, o, c in np.ndindex(len(input), out_channels, channels):
                seen = input[n, o // filters * channels + c, *pixel]
                grad[o, c, *tap] += grad_output[n, o, *place] * seen
    return grad


def conv2d_bias_gradient(grad_output: np.ndarray) -> np.ndarray:
    """Hand the gradient of a convolution's result back to its bias.

        grad[o] = Σ_n Σ_i  grad_output[n, o, i]

    Shapes:
        grad_output  (batch, out_channels, out_height, out_width)
        result       (out_channels)

    Raises:
        ValueError: grad_output has not four axes.

    Source: the derivative of `conv2d`, to whose every result bias[o] is added once.
    """
    exact_rank("grad_output", grad_output, "batch channels height width")
    grad = np.zeros(grad_output.shape[1], grad_output.dtype)
    for n, o, i, j in np.ndindex(grad_output.shape):
        grad[o] += grad_output[n, o, i, j]
    return grad


def im2col_gradients(
    columns: np.ndarray, weight: np.ndarray, grad_output: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Hand the gradient of a matrix product back to both factors.

        y = columns · weight:  grad_columns = grad_output · weightᵀ,
                               grad_weight  = columnsᵀ · grad_output
        The gradient of an image is `fold` of its columns' gradient.

    Shapes:
        columns      (places, taps), as `im2col` makes them
        weight       (taps, out_channels)
        grad_output  (places, out_channels)
        result       those of columns and weight

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Chellapilla, Puri and Simard, "High Performance Convolutional Neural
        Networks for Document Processing" (2006), its unrolled convolution.
    """
    if columns.shape + weight.shape[1:] != grad_output.shape[:1] + weight.shape:
        raise ValueError(f"{columns.shape} · {weight.shape} is not {grad_output.shape}")
    return grad_output @ weight.T, columns.T @ grad_output


def _gradient_places(
    grad_output: np.ndarray,
    input_size: Sequence[int],
    weight_size: Sequence[int],
    *,
    groups: int,
    **options: tuple[int, ...],
) -> tuple[int, ...]:
    """Check the shapes of a convolution's gradient, and count its places.

    Raises:
        ValueError: no `conv2d` with these options has an input, a weight and a result
            of these shapes.
    """
    batch, in_channels, *size = input_size
    filters, channels, *kernel_size = weight_size
    check_channels(in_channels, channels, filters, groups)
    places = place_counts(size, kernel_size, **options)
    if grad_output.shape != (batch, filters, *places):
        raise ValueError(
            f"grad_output has shape {grad_output.shape}; "
            f"it must be {(batch, filters, *places)}"
        )
    return places
