"""A language model of a vanilla recurrent network: logits, and greedy generation."""

import numpy as np

from reference.classification.log_softmax import log_softmax
from reference.classification.softmax_regression import linear
from reference.numbers import where_greatest
from reference.recurrent.cells import rnn_cell
from reference.recurrent.layers import rnn


def rnn_model(
    tokens: np.ndarray,
    state: np.ndarray | None,
    w_xh: np.ndarray,
    w_hh: np.ndarray,
    b_h: np.ndarray,
    w_hq: np.ndarray,
    b_q: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Score the next token after each token: d2l's RNNModelScratch.

        h[t] = tanh(w_xhᵀ e(x[t]) + w_hhᵀ h[t − 1] + b_h),  e(x) one-hot: row x of w_xh
        o[t] = w_hqᵀ h[t] + b_q
        Results are in order of time, then of the batch: row t · batch + n.
        It is `rnn` on one-hot vectors, and a linear layer, of transposed weights.

    Shapes:
        tokens   (batch, time), ints in [0, vocabulary)
        state    (batch, hidden), or None for zeros
        w_xh     (vocabulary, hidden)
        w_hh     (hidden, hidden)
        w_hq     (hidden, outputs)
        b_h, b_q (hidden), (outputs)
        results  (time · batch, outputs), and the last state (batch, hidden)

    Raises:
        ValueError: as `rnn`, or a token that is not in the vocabulary.

    Source: Zhang et al., "Dive into Deep Learning", on recurrent networks from
        scratch (RNNModelScratch, predict_ch8).
    """
    x = _one_hot(tokens.T, len(w_xh), w_xh.dtype)
    begin = None if state is None else state[None]
    h, last = rnn(x, begin, w_xh.T, w_hh.T, b_h, None)
    return linear(h, w_hq.T, b_q).reshape(-1, len(b_q)), last[0]


def predict_ch8(
    prefix: np.ndarray,
    w_xh: np.ndarray,
    w_hh: np.ndarray,
    b_h: np.ndarray,
    w_hq: np.ndarray,
    b_q: np.ndarray,
    *,
    num_preds: int,
) -> np.ndarray:
    """Go on after a prefix, each time by the token with the greatest logit.

        x[t + 1] = argmax o[t], the first of equals, with o[t] as in `rnn_model`
        The prefix warms the state up; its own predictions are not used.

    Shapes:
        prefix   (time), ints in [0, vocabulary), one at least
        weights  as in `rnn_model`, with as many outputs as the vocabulary
        result   (time + num_preds), ints, the prefix first

    Raises:
        ValueError: an empty prefix, num_preds below 0, another number of outputs
            than of tokens; or as `rnn_model`.

    Source: Zhang et al., "Dive into Deep Learning", on recurrent networks from
        scratch (RNNModelScratch, predict_ch8).
    """
    if not len(prefix) or num_preds < 0:
        raise ValueError(
            f"prefix has {len(prefix)} tokens and num_preds is {num_preds}; there must "
            "be a token, and num_preds ≥ 0"
        )
    if b_q.shape != w_xh.shape[:1]:
        raise ValueError(
            f"b_q has shape {b_q.shape}; there must be an output for each of the "
            f"{len(w_xh)} tokens"
        )
    weights = w_xh, w_hh, b_h, w_hq, b_q
    tokens = list(prefix)
    logits, state = rnn_model(np.array([tokens]), None, *weights)
    for _ in range(num_preds):
        tokens.append(where_greatest(logits[-1]))
        logits, state = rnn_model(np.array([tokens[-1:]]), state, *weights)
    return np.array(tokens, np.int64)


def perplexity(loss: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Say between how many tokens a model is undecided, from its minibatches' losses.

        y = exp(Σ_i loss[i] · count[i] / Σ_i count[i])
        1 is perfect, the size of the vocabulary is a guess, ∞ has no limit.

    Shapes:
        loss    (batches), mean cross-entropies
        count   (batches), ints: how many tokens each is the mean of
        result  (), loss' dtype

    Units: loss in nats.

    Raises:
        ValueError: shapes differ, or there is no token.

    Source: Zhang et al., "Dive into Deep Learning", on language models
        (train_epoch_ch8).
    """
    if loss.shape != count.shape or loss.ndim != 1 or not sum(count) > 0:
        raise ValueError(
            f"loss and count have shapes {loss.shape} and {count.shape}, and there "
            f"are {count.sum()} tokens; they must be (batches), of some tokens"
        )
    y = np.zeros((), loss.dtype)
    total = sum(value * int(n) for value, n in zip(loss, count))
    y[()] = np.exp(total / int(sum(count)))
    return y


def latent_autoregressive(
    tokens: np.ndarray,
    hx: np.ndarray,
    w_xh: np.ndarray,
    w_hh: np.ndarray,
    b_h: np.ndarray,
    w_hq: np.ndarray,
    b_q: np.ndarray,
) -> np.ndarray:
    """Predict each token from a summary of those before it.

        y[n, t] = log p(· | h[t]) = log_softmax(w_hqᵀ h[t] + b_q)
        h[t] = tanh(w_xhᵀ e(x[t − 1]) + w_hhᵀ h[t − 1] + b_h),    h[0] = hx
        h[t] has seen x[0], …, x[t − 1], and not x[t].

    Shapes:
        tokens  (batch, time), ints in [0, vocabulary)
        hx      (batch, hidden)
        weights as in `rnn_model`
        result  (batch, time, outputs)

    Units: nats.

    Raises:
        ValueError: as `rnn_model`.

    Source: Zhang et al., "Dive into Deep Learning", on autoregressive models.
    """
    y = np.zeros((*tokens.shape, len(b_q)), w_xh.dtype)
    x = _one_hot(tokens, len(w_xh), w_xh.dtype)
    h = hx
    for t in range(tokens.shape[1]):
        y[:, t] = log_softmax(linear(h, w_hq.T, b_q), dim=-1)
        h = rnn_cell(x[:, t], h, w_xh.T, w_hh.T, b_h)
    return y


def _one_hot(tokens: np.ndarray, vocabulary: int, dtype: np.dtype) -> np.ndarray:
    """Vectors of zeros, but for a one in the place of each token.

    Raises:
        ValueError: a token that is not in the vocabulary.
    """
    x = np.zeros((*tokens.shape, vocabulary), dtype)
    for n, token in np.ndenumerate(tokens):
        if not 0 <= token < vocabulary:
            raise ValueError(f"a token is {token}; there are {vocabulary}")
        x[*n, token] = 1
    return x
