"""A decoder with additive attention, by NumPy and SciPy."""

import numpy as np
from numpy import ndarray
from scipy import special

from properties.backends.numpy.attention.scoring import additive_scores
from properties.backends.numpy.recurrent.layers import gru


def bahdanau_decoder(
    tokens: ndarray,
    enc_outputs: ndarray,
    hx: ndarray,
    valid_lens: ndarray | None,
    embeddings: ndarray,
    w_q: ndarray,
    w_k: ndarray,
    w_v: ndarray,
    weight: ndarray,
    bias: ndarray,
    *weights: ndarray | None,
    num_layers: int = 1,
) -> tuple[ndarray, ndarray, ndarray]:
    keys, options = enc_outputs.shape[1], {"bidirectional": False, "dropout": 0.0}
    lens = np.full(len(tokens), keys) if valid_lens is None else valid_lens
    shown = (np.arange(keys) < lens[:, None])[:, None]
    outputs, rows, state = [], [], hx
    for token in tokens.T:
        scores = additive_scores(state[-1][:, None], enc_outputs, w_q, w_k, w_v)
        scores = np.where(shown, scores, scores.dtype.type(-np.inf))
        scores = np.where(shown.any(-1, keepdims=True), scores, scores.dtype.type(0))
        a = np.where(shown, special.softmax(scores, axis=-1), scores.dtype.type(0))
        x = np.concatenate([(a @ enc_outputs)[:, 0], embeddings[token]], axis=1)[None]
        options |= {"num_layers": num_layers, "batch_first": False}
        h, state = gru(x, state, *weights, **options)
        outputs.append(h[0] @ weight.T + bias)
        rows.append(a[:, 0])
    return np.stack(outputs, 1), state, np.stack(rows, 1)
