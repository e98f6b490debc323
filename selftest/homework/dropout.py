"""Somebody's one-file dropout, right: test_planted_faults.py breaks it."""

import numpy as np


def inverted_dropout(input, mask, *, p, training):
    if not training:
        return input.copy()
    if p == 1:
        return 0 * input
    return np.where(mask, input, 0) / input.dtype.type(1 - p)
