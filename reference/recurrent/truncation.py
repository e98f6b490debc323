"""Backpropagation through time, all the way or through finite chunks."""

import numpy as np

from reference.recurrent.layers import rnn


def truncated_bptt(
    input: np.ndarray,
    hx: np.ndarray,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    bias: np.ndarray,
    cotangent: np.ndarray,
    *,
    steps: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Differentiate Σ cotangent · rnn(input) as a sum over paths back through time.

        g[t, t] = cotangent[t],   g[t, s − 1] = weight_hhᵀ · (g[t, s] · (1 − h[s]²))
        ∂ / ∂weight_hh = Σ_t Σ_s (g[t, s] · (1 − h[s]²)) h[s − 1]ᵀ, and so on
        s goes from t back to the beginning of the chunk of `steps` steps that t is
        in: the state that a chunk begins with is taken for a constant. Of chunks as
        long as the sequence nothing is cut.

    Shapes:
        input      (time, features)
        hx         (hidden)
        weight_ih, weight_hh, bias  (hidden, features), (hidden, hidden), (hidden)
        cotangent  (time, hidden)
        results    as hx, weight_ih, weight_hh and bias; that of hx is from the first
                   chunk

    Raises:
        ValueError: as `rnn`; a cotangent of another shape; or steps below 1.

    Source: Zhang et al., "Dive into Deep Learning", on backpropagation through
        time.
    """
    if steps < 1:
        raise ValueError(f"steps is {steps}; it must be at least 1")
    states = rnn(input, hx[None], weight_ih, weight_hh, bias, None)[0]
    if cotangent.shape != states.shape:
        raise ValueError(
            f"cotangent has shape {cotangent.shape}; it must be {states.shape}"
        )
    sums = [np.zeros(t.shape, input.dtype) for t in (hx, weight_ih, weight_hh, bias)]
    for t in range(len(input)):
        g, begin = cotangent[t], t - t % steps
        for s in range(t, begin - 1, -1):
            slope = g * (1 - states[s] * states[s])
            before = states[s - 1] if s else hx
            _add(sums[1:], slope, input[s], before)
            g = _carry(weight_hh, slope)
        if not begin:
            sums[0] = sums[0] + g
    return tuple(sums)


def _add(sums: list, slope: np.ndarray, x: np.ndarray, h: np.ndarray) -> None:
    """Add what one step of a path gives the weights."""
    for j in range(len(slope)):
        for sum, factors in zip(sums, (x, h)):
            for k in range(len(factors)):
                sum[j, k] += slope[j] * factors[k]
        sums[2][j] += slope[j]


def _carry(weight_hh: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Go back one step: weight_hhᵀ · slope."""
    g = np.zeros(slope.shape, slope.dtype)
    for j, k in np.ndindex(weight_hh.shape):
        g[k] += weight_hh[j, k] * slope[j]
    return g
