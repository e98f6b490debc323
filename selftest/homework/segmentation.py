"""Somebody's segmentation and style, right: test_planted_faults.py breaks them."""

import numpy as np


def gram_matrix(input, *, normalize):
    rows = input.reshape(*input.shape[:2], -1)
    gram = rows @ np.swapaxes(rows, 1, 2)
    return gram / input[0].size if normalize else gram


def tv_loss(input, *, reduction):
    down = abs(input[:, :, 1:] - input[:, :, :-1])
    across = abs(input[:, :, :, 1:] - input[:, :, :, :-1])
    if reduction == "sum":
        return down.sum() + across.sum()
    return (down.mean() + across.mean()) / 2


def label_indices(image, palette):
    result = np.zeros(image.shape[:2], np.int64)
    for k in range(len(palette) - 1, -1, -1):
        result[(image == palette[k]).all(-1)] = k
    return result
