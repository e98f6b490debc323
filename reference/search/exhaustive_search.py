"""Searches that cannot miss the most probable sequence."""

import numpy as np

from reference.arguments import check_least
from reference.search.tables import Sequence, check_table, continuations, padded, score


def exhaustive_search(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    *,
    steps: int,
    eos: int | None = None,
    length_penalty: float = 0.0,
    count_eos: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Look at every sequence, and take the one with the best score.

        y[b] = max over all sequences of `sequence_log_prob` / length^length_penalty;
        of equals, the first in the order of their tokens

    Shapes:
        log_probs, next_state  (batch, states, vocabulary), see `markov_chain`
        result                 tokens (batch, steps), int64, padded with eos, and
                               scores (batch), log_probs' dtype

    Units: as of `beam_search`. There are up to vocabulary^steps sequences.

    Raises:
        ValueError: as `greedy_search`.

    Source: Zhang et al., "Dive into Deep Learning", "Beam Search", exhaustive search.
    """
    check_least(1, steps=steps)
    check_table(log_probs, next_state, eos)
    tokens = np.zeros((len(log_probs), steps), np.int64)
    y = np.zeros(len(log_probs), log_probs.dtype)
    for b, (table, states) in enumerate(zip(log_probs, next_state)):
        every = [Sequence()]
        for _ in range(steps):
            every = [c for s in every for c in continuations(s, table, states, eos)]
        best, best_score = None, None
        for sequence in every:
            found = score(sequence, eos, length_penalty, count_eos)
            if best is None or found > best_score:
                best, best_score = sequence, found
        tokens[b], y[b] = padded(best.tokens, steps), best_score
    return tokens, y


def viterbi(
    log_probs: np.ndarray, next_state: np.ndarray, *, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Find the most probable sequence by the best way to each state.

        best_0[b, 0] = 0, and there is no way yet to any other state
        best_{t+1}[b, r] = max over (s, v) with next_state[b, s, v] = r of
                           best_t[b, s] + log_probs[b, s, v]
        y[b] = max_r best_steps[b, r];  of equals, the lower s, then the lower v

    What follows depends on the state alone, so that a sequence which is not the best to
    its state cannot become the best at all: steps · states · vocabulary sums do, where
    `exhaustive_search` needs vocabulary^steps.

    Shapes:
        log_probs, next_state  (batch, states, vocabulary), see `markov_chain`
        result                 tokens (batch, steps), int64, and their log-probability
                               (batch), log_probs' dtype

    Units: nats; all sequences have the same length.

    Raises:
        ValueError: as `greedy_search`.

    Source: Rabiner, "A Tutorial on Hidden Markov Models" (Proc. IEEE, 1989), section
        III.B, where states emit tokens; here tokens lead to states.
    """
    check_least(1, steps=steps)
    check_table(log_probs, next_state)
    tokens = np.zeros((len(log_probs), steps), np.int64)
    y = np.zeros(len(log_probs), log_probs.dtype)
    for b, (table, states) in enumerate(zip(log_probs, next_state)):
        best = {0: Sequence()}
        for _ in range(steps):
            longer = {}
            for state in sorted(best):
                for c in continuations(best[state], table, states, None):
                    if c.state not in longer or c.log_prob > longer[c.state].log_prob:
                        longer[c.state] = c
            best = longer
        first, *others = [best[state] for state in sorted(best)]
        for other in others:
            if other.log_prob > first.log_prob:
                first = other
        tokens[b], y[b] = first.tokens, first.log_prob
    return tokens, y
