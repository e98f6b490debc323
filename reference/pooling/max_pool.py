"""Max pooling: the greatest number in a window that slides."""

from collections.abc import Sequence

import numpy as np

from reference.pooling.regions import maxima, pooling_windows


def max_pool2d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take the maximum of each window of an image, channel by channel.

        y[n, c, i] = max_p x[n, c, pixel],   pixel = i · stride + p · dilation − padding
        over the taps p whose pixel lies in the image, in two axes; i and p have one
        part for each. The padding is −∞, not 0: it never wins against a number. A
        window that lies in it wholly, which dilation makes possible, is −∞.
        index[n, c, i] = row · width + column of that pixel, the first where several
        tie; −1 where there is none. NaN is greater than all numbers.

    The field disagrees on which of several NaN the index is of: here, the last, as
    PyTorch has it; argmax in NumPy gives the first.

    Shapes:
        input   (batch, channels, height, width), or without batch
        result  (batch, channels, out_height, out_width), input's dtype, and with
                return_indices a second one, of indices; on each axis
                out_size = ⌊(size + 2 · padding − dilation · (kernel_size − 1) − 1)
                            / stride⌋ + 1
                with ceil_mode ⌈·⌉ for ⌊·⌋, less a last window that would start
                beyond the image, where (out_size − 1) · stride ≥ size + padding

    Units: kernel_size, stride, padding and dilation count pixels, one number for all
        axes or one for each; stride None is the kernel's size.

    Raises:
        ValueError: another number of axes, an axis but the batch's that is empty, a
            window that outgrows the padded image, padding above half the kernel's
            size, an option below its least value.

    Source: PyTorch's documentation of torch.nn.MaxPool2d.
    """
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window |= {"dilation": dilation, "ceil_mode": ceil_mode}
    results = maxima(input, *pooling_windows(input, 2, **window))
    return results if return_indices else results[0]


def max_pool1d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take maxima of signals, ([batch,] channels, length): see `max_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window |= {"dilation": dilation, "ceil_mode": ceil_mode}
    results = maxima(input, *pooling_windows(input, 1, **window))
    return results if return_indices else results[0]


def max_pool3d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take maxima of volumes, ([batch,] channels, depth, …): see `max_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window |= {"dilation": dilation, "ceil_mode": ceil_mode}
    results = maxima(input, *pooling_windows(input, 3, **window))
    return results if return_indices else results[0]
