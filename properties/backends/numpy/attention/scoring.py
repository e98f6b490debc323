import numpy as np
from scipy import special


def additive_scores(
    queries: np.ndarray,
    keys: np.ndarray,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
) -> np.ndarray:
    return np.tanh((queries @ w_q.T)[:, :, None] + (keys @ w_k.T)[:, None]) @ w_v


def attention_with_dropout(
    query: np.ndarray,
    key: np.ndarray,
    value: np.ndarray,
    keep: np.ndarray,
    *,
    p: float,
) -> np.ndarray:
    scores = query @ key.swapaxes(-1, -2) / query.dtype.type(query.shape[-1] ** 0.5)
    return (special.softmax(scores, axis=-1) * keep / (1 - p)) @ value
