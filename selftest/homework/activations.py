"""Somebody's one-file activations, right: test_planted_faults.py breaks them."""

import numpy as np


def leaky_relu(input, *, negative_slope):
    slope = input.dtype.type(negative_slope)
    return np.where(input > 0, input, slope * input)


def prelu(input, weight):
    shape = (-1,) + (1,) * max(input.ndim - 2, 0)
    slopes = weight.reshape(shape if input.ndim else ())
    return np.where(input > 0, input, slopes * input)


def elu(input, *, alpha):
    low = np.expm1(np.minimum(input, 0))
    return np.where(input > 0, input, input.dtype.type(alpha) * low)
