"""What an autoregressive model says of sequences: log-likelihood and perplexity."""

import numpy as np

from reference.classification.cross_entropy import cross_entropy
from reference.classification.log_softmax import log_softmax


def autoregressive_log_prob(logits: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """Add up how a model scored each token, given those before it.

        y[n] = Σ_t log softmax(logits[n, t])[tokens[n, t]]
        logits[n, t] may depend on tokens[n, : t], not on tokens[n, t].

    Shapes:
        logits  (batch, steps, vocabulary)
        tokens  (batch, steps), ints in [0, vocabulary)
        result  (batch), logits' dtype

    Units: nats.

    Raises:
        ValueError: shapes that do not fit each other, or a token that there is not.

    Source: Zhang et al., "Dive into Deep Learning", on sequence models.
    """
    _check_tokens(logits, tokens)
    log_probs = log_softmax(logits, dim=-1)
    y = np.zeros(len(tokens), logits.dtype)
    for n, t in np.ndindex(tokens.shape):
        y[n] += log_probs[n, t, tokens[n, t]]
    return y


def token_perplexity(
    logits: np.ndarray, tokens: np.ndarray, *, ignore_index: int = -100
) -> np.ndarray:
    """Say between how many tokens a model is undecided, on average.

        y = exp(1/N · Σ_{n, t} −log softmax(logits[n, t])[tokens[n, t]])
        over the N places where tokens is not ignore_index; without any, NaN
        1 is perfect, vocabulary is what a guess among all of it has. It is the
        `perplexity` of the mean cross-entropy, and 1 / geometric mean of probabilities.

    Shapes:
        logits  (batch, steps, vocabulary)
        tokens  (batch, steps), ints in [0, vocabulary), or ignore_index
        result  (), logits' dtype

    Raises:
        ValueError: shapes that do not fit each other, or a token that there is not.

    Source: Zhang et al., "Dive into Deep Learning", on language models.
    """
    _check_tokens(logits, tokens, ignore_index)
    flat = logits.reshape(-1, logits.shape[-1])
    loss = cross_entropy(flat, tokens.reshape(-1), ignore_index=ignore_index)
    y = np.zeros((), logits.dtype)
    y[()] = np.exp(loss[()])
    return y


def _check_tokens(
    logits: np.ndarray, tokens: np.ndarray, ignore_index: int | None = None
) -> None:
    """Check that there are logits for each token, and each is one of theirs.

    Raises:
        ValueError: there are not, or it is not.
    """
    if logits.ndim != 3 or logits.shape[:2] != tokens.shape:
        raise ValueError(
            f"logits has shape {logits.shape}, tokens {tokens.shape}; they must be "
            "(batch, steps, vocabulary) and (batch, steps)"
        )
    if not all(0 <= v < logits.shape[2] or v == ignore_index for v in tokens.flat):
        raise ValueError(f"tokens is {tokens}; there are {logits.shape[2]}")
