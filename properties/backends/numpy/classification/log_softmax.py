"""SciPy's log_softmax and logsumexp under the names of reference/log_softmax.py."""

import numpy as np
import scipy.special


def log_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.log_softmax(input, axis=dim)


def logsumexp(input: np.ndarray, *, dim: int, keepdim: bool = False) -> np.ndarray:
    return scipy.special.logsumexp(input, axis=dim, keepdims=keepdim)
