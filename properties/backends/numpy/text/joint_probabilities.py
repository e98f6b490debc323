"""Joint probabilities in NumPy, as of reference/text/joint_probabilities.py."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def chain_rule(joint: np.ndarray, *, order: list[int]) -> np.ndarray:
    sums = [joint]
    for axis in reversed(order):
        sums.append(sums[-1].sum(axis, keepdims=True))
    sums = sums[-2::-1]
    known = [joint.dtype.type(1), *sums]
    return np.stack([np.broadcast_to(s / k, joint.shape) for s, k in zip(sums, known)])


def markov_approximation(joint: np.ndarray, *, tau: int) -> np.ndarray:
    factors, axes = np.ones_like(joint), range(joint.ndim)
    for t in axes:
        window = joint.sum((*axes[: max(0, t - tau)], *axes[t + 1 :]), keepdims=True)
        known = window.sum(t, keepdims=True) if min(t, tau) else joint.dtype.type(1)
        factors = factors * (window / known)
    return factors


def markov_probability(
    start: np.ndarray, transition: np.ndarray, tokens: np.ndarray
) -> np.ndarray:
    tau = start.ndim
    first = start[tuple(tokens[:, :tau].T)] * np.ones(len(tokens), start.dtype)
    if tokens.shape[1] == tau:
        return first
    windows = sliding_window_view(tokens, tau + 1, axis=1)
    return first * transition[tuple(np.moveaxis(windows, 2, 0))].prod(1)
