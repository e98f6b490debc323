"""The convolution layer on NumPy's sliding windows."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolution(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> np.ndarray:
    spatial = range(2, input.ndim)
    padded = np.pad(input, [(0, 0), (0, 0), *((p, p) for p in padding)])
    reach = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], dilation)]
    steps = [slice(None, None, step) for step in (*stride, *dilation)]
    windows = sliding_window_view(padded, reach, spatial)[:, :, *steps]
    taps = [*range(input.ndim, windows.ndim)]
    parts = [
        np.tensordot(part, filters, ([1, *taps], [1, *spatial]))
        for part, filters in zip(
            np.split(windows, groups, axis=1), np.split(weight, groups)
        )
    ]
    y = np.moveaxis(np.concatenate(parts, axis=-1), -1, 1)
    return y if bias is None else y + bias.reshape(-1, *[1] * len(spatial))


conv1d = conv2d = conv3d = convolution
