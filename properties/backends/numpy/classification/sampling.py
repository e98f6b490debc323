"""Sampling from a softmax in NumPy under the names of reference/sampling.py."""

import numpy as np
import scipy.special


def sample_softmax(logits: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    sums = scipy.special.softmax(logits, axis=-1).cumsum(-1)
    return (sums <= uniform[..., None] * sums[..., -1:]).sum(-1)


def gumbel_max(logits: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
    return np.argmax(logits - np.log(-np.log(uniforms)), axis=-1)
