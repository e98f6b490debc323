"""Likelihoods of sequences in NumPy, as of reference/text/sequence_likelihood.py."""

import numpy as np
from scipy import special


def autoregressive_log_prob(logits: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    log_probs = special.log_softmax(logits, axis=-1)
    return np.take_along_axis(log_probs, tokens[..., None], -1)[..., 0].sum(1)


def token_perplexity(
    logits: np.ndarray, tokens: np.ndarray, *, ignore_index: int
) -> np.ndarray:
    kept = tokens != ignore_index
    log_probs = special.log_softmax(logits[kept], axis=-1)
    taken = np.take_along_axis(log_probs, tokens[kept][:, None], -1)
    return np.asarray(np.exp(-taken.mean()), logits.dtype)
