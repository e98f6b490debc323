"""Searches that keep the most probable prefixes: one, or several."""

import numpy as np

from reference.arguments import check_least
from reference.search.tables import Sequence, check_table, continuations, padded, score


def greedy_search(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    *,
    steps: int,
    eos: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Take the most probable next token at every step.

        tokens[b, t] = argmax_v log_probs[b, s_t, v], the lowest v of equals;  s_0 = 0,
        s_{t+1} = next_state[b, s_t, tokens[b, t]];  after eos only eos, for nothing

    That need not lead to the most probable sequence. A step is looked at by itself:
    after an impossible token, −∞, the sums are all the same, and the steps are not.

    Shapes:
        log_probs, next_state  (batch, states, vocabulary), see `markov_chain`
        result                 tokens (batch, steps), int64, and their log-probability
                               (batch), log_probs' dtype

    Units: nats; eos is a token, None if sequences do not end early.

    Raises:
        ValueError: no steps, shapes that do not fit each other, or numbers of states or
            tokens that there are not.

    Source: Zhang et al., "Dive into Deep Learning", "Beam Search", greedy search.
    """
    check_least(1, steps=steps)
    check_table(log_probs, next_state, eos)
    tokens = np.full((len(log_probs), steps), 0 if eos is None else eos, np.int64)
    y = np.zeros(len(log_probs), log_probs.dtype)
    for b in range(len(y)):
        state = 0
        for t in range(steps):
            row, best = log_probs[b, state], 0
            for v in range(1, len(row)):
                if row[v] > row[best]:
                    best = v
            tokens[b, t] = best
            y[b] += row[best]
            state = next_state[b, state, best]
            if best == eos:
                break
    return tokens, y


def beam_search(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    *,
    steps: int,
    num_beams: int,
    eos: int | None = None,
    length_penalty: float = 0.0,
    count_eos: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Keep the num_beams most probable prefixes at every step.

        beams_0 = {the empty prefix in state 0}
        beams_{t+1} = the num_beams best of all continuations of beams_t, by their sums
        of log_probs;  of equals, that of the better beam, then that of the lower token
        y = sum / length^length_penalty, as `length_normalized`, the best first

    A prefix that ended, with eos, has one continuation: itself. It goes on taking up a
    beam as long as it is among the best. (transformers and fairseq put it aside, and
    let the next best in; Zhang et al. let prefixes that did not end be results, too.)
    Lengths count eos, unless count_eos is off; then the least is 1. They are looked at
    when all is done (Wu et al. also while beams are chosen).

    A wider beam is not always a better one: what it keeps in addition may push out, at
    a later step, what a narrower one finds.

    Shapes:
        log_probs, next_state  (batch, states, vocabulary), see `markov_chain`
        result                 tokens (batch, beams, steps), int64, padded with eos, and
                               scores (batch, beams), log_probs' dtype; beams is
                               num_beams, or all sequences if there are fewer

    Units: nats; eos is a token, None if sequences do not end early.

    Raises:
        ValueError: see `greedy_search`, or num_beams is below 1.

    Source: Zhang et al., "Dive into Deep Learning", "Beam Search"; Wu et al., "Google's
        Neural Machine Translation System" (arXiv:1609.08144).
    """
    check_least(1, steps=steps, num_beams=num_beams)
    check_table(log_probs, next_state, eos)
    found = []
    for table, states in zip(log_probs, next_state):
        beams = [Sequence()]
        for _ in range(steps):
            longer = [c for s in beams for c in continuations(s, table, states, eos)]
            # Python's sort leaves equals in their order, in reverse, too.
            longer.sort(key=lambda s: s.log_prob, reverse=True)
            beams = longer[:num_beams]
        scores = [score(s, eos, length_penalty, count_eos) for s in beams]
        order = sorted(range(len(beams)), key=scores.__getitem__, reverse=True)
        found.append([(padded(beams[i].tokens, steps), scores[i]) for i in order])

    beams = len(found[0]) if found else 0
    tokens = np.zeros((len(found), beams, steps), np.int64)
    y = np.zeros((len(found), beams), log_probs.dtype)
    for b, i in np.ndindex(y.shape):
        tokens[b, i], y[b, i] = found[b][i]
    return tokens, y
