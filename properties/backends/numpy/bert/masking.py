"""Which tokens are masked, by sorting and comparing random numbers."""

import numpy as np


def num_mlm_preds(valid_lens: np.ndarray, *, ratio: float = 0.15) -> np.ndarray:
    return np.maximum(np.rint(ratio * valid_lens), 1).astype(np.int64)


def select_mlm_positions(
    uniforms: np.ndarray, candidates: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    keys = np.where(candidates, uniforms, 2)
    ranks = keys.argsort(axis=1, kind="stable").argsort(axis=1)
    return candidates & (ranks < counts[:, None])


def bernoulli_mlm_positions(
    uniforms: np.ndarray, candidates: np.ndarray, *, ratio: float = 0.15
) -> np.ndarray:
    return candidates & (uniforms < np.float64(ratio))


def mask_tokens(
    tokens: np.ndarray,
    selected: np.ndarray,
    uniforms: np.ndarray,
    random_tokens: np.ndarray,
    *,
    mask: int,
    mask_share: float = 0.8,
    random_share: float = 0.1,
    ignore_index: int = -100,
) -> tuple[np.ndarray, np.ndarray]:
    u = uniforms.astype(np.float64)
    is_hidden, is_changed = u < mask_share, u < mask_share + random_share
    cases = [~selected, is_hidden, is_changed]
    inputs = np.select(cases, [tokens, mask, random_tokens], tokens)
    return inputs, np.where(selected, tokens, ignore_index)
