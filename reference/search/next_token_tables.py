"""What a search goes through: for each state, how probable each next token is.

A table is a pair: log_probs[b, s, v], the log-probability of token v in state s, and
next_state[b, s, v], the state that v leads to. A search begins in state 0. Where the
states are the last tokens it is a Markov chain; where they are whole prefixes, next
tokens may depend on all that came before; a recurrent network's are its hidden states.
"""

import numpy as np

from reference.arguments import check_least, exact_rank, same_shape
from reference.search.tables import check_table, normalized


def markov_chain(
    log_start: np.ndarray, log_transition: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Make the table of a chain, whose next token depends on the last one alone.

        log_probs[b, 0] = log_start[b],  log_probs[b, 1 + u] = log_transition[b, u]
        next_state[b, s, v] = 1 + v

    Shapes:
        log_start       (batch, vocabulary)
        log_transition  (batch, vocabulary, vocabulary), from the last token to the next
        result          log_probs (batch, 1 + vocabulary, vocabulary), their dtype, and
                        next_state, as log_probs, int64

    Units: nats.

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Rabiner, "A Tutorial on Hidden Markov Models" (Proc. IEEE, 1989).
    """
    exact_rank("log_start", log_start, "batch vocabulary")
    batch, vocabulary = log_start.shape
    if log_transition.shape != (batch, vocabulary, vocabulary):
        raise ValueError(
            f"log_transition has shape {log_transition.shape}; "
            f"it must be {(batch, vocabulary, vocabulary)}"
        )
    log_probs = np.zeros((batch, 1 + vocabulary, vocabulary), log_start.dtype)
    next_state = np.zeros(log_probs.shape, np.int64)
    for b, s, v in np.ndindex(log_probs.shape):
        log_probs[b, s, v] = log_transition[b, s - 1, v] if s else log_start[b, v]
        next_state[b, s, v] = 1 + v
    return log_probs, next_state


def prefix_tree(*, vocabulary: int, steps: int) -> np.ndarray:
    """Number all prefixes of fewer than so many steps: a state for each.

        next_state[i, v] = vocabulary · i + 1 + v,  0 where no step follows

    Shapes:
        result  (1 + vocabulary + … + vocabulary^(steps − 1), vocabulary), int64

    Units: tokens.

    Raises:
        ValueError: there are no tokens or no steps.

    Source: Knuth, "The Art of Computer Programming", volume 1, section 2.3.4.5:
        complete t-ary trees.
    """
    check_least(1, vocabulary=vocabulary, steps=steps)
    states = sum(vocabulary**t for t in range(steps))
    next_state = np.zeros((states, vocabulary), np.int64)
    for i, v in np.ndindex(next_state.shape):
        child = vocabulary * i + 1 + v
        next_state[i, v] = child if child < states else 0
    return next_state


def sequence_log_prob(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    tokens: np.ndarray,
    *,
    eos: int | None = None,
) -> np.ndarray:
    """Add up the log-probabilities of a sequence's tokens, up to and with its end.

        y[b] = Σ_t log_probs[b, s_t, tokens[b, t]],  s_0 = 0,
        s_{t+1} = next_state[b, s_t, tokens[b, t]];  t ends at the first eos

    Shapes:
        log_probs, next_state  (batch, states, vocabulary)
        tokens                 (batch, steps), ints; those after eos are padding
        result                 (batch), log_probs' dtype

    Units: nats; eos is a token, None if sequences do not end early.

    Raises:
        ValueError: shapes that do not fit each other, or numbers of states or tokens
            that there are not.

    Source: Zhang et al., "Dive into Deep Learning", "Beam Search".
    """
    check_table(log_probs, next_state, eos)
    exact_rank("tokens", tokens, "batch steps")
    batch, _, vocabulary = log_probs.shape
    if tokens.shape[:1] != (batch,) or not all(
        0 <= v < vocabulary for v in tokens.flat
    ):
        raise ValueError(
            f"tokens has shape {tokens.shape}, for a batch of {batch}, and is "
            f"{tokens}; there are {vocabulary} tokens"
        )
    y = np.zeros(batch, log_probs.dtype)
    for b in range(batch):
        state = 0
        for token in tokens[b]:
            y[b] += log_probs[b, state, token]
            state = next_state[b, state, token]
            if token == eos:
                break
    return y


def length_normalized(
    log_probs: np.ndarray, lengths: np.ndarray, *, length_penalty: float
) -> np.ndarray:
    """Make scores of sequences comparable whose lengths differ.

        y[i] = log_probs[i] / lengths[i]^length_penalty

    0 leaves them as they are, 1 takes the mean of a sequence's terms, and what lies
    between, often 0.75, favours long ones less. Wu et al. (arXiv:1609.08144) divide
    by ((5 + length) / 6)^α instead.

    Shapes:
        log_probs  any
        lengths    the same, ints ≥ 1
        result     the same, log_probs' dtype

    Units: lengths are in tokens.

    Raises:
        ValueError: different shapes, or a length below 1.

    Source: Zhang et al., "Dive into Deep Learning", "Beam Search", where length_penalty
        is α; the name is transformers'.
    """
    same_shape("log_probs and lengths", log_probs, lengths)
    y = np.zeros(log_probs.shape, log_probs.dtype)
    for i in np.ndindex(y.shape):
        check_least(1, length=lengths[i])
        y[i] = normalized(log_probs[i], int(lengths[i]), length_penalty)
    return y
