"""Parts of searches: how tables are read, and how sequences are ranked."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reference.arguments import check_least, exact_rank
from reference.numbers import of_kind


@dataclass(frozen=True)
class Sequence:
    """Tokens so far, the sum of their log-probabilities, and the state they lead to."""

    tokens: tuple[int, ...] = ()
    log_prob: float = 0
    state: int = 0


def continuations(
    sequence: Sequence, log_probs: np.ndarray, next_state: np.ndarray, eos: int | None
) -> Iterator[Sequence]:
    """Yield a sequence with one token more, for each token; or itself, if it ended.

    log_probs and next_state are those of one element of a batch.
    """
    if ended(sequence.tokens, eos):
        yield sequence
        return
    for token in range(log_probs.shape[1]):
        yield Sequence(
            (*sequence.tokens, token),
            sequence.log_prob + log_probs[sequence.state, token],
            int(next_state[sequence.state, token]),
        )


def ended(tokens: tuple[int, ...], eos: int | None) -> bool:
    """Whether a sequence has come to its end; without an eos, it never has."""
    return eos is not None and tokens[-1:] == (eos,)


def score(sequence: Sequence, eos: int | None, length_penalty: float, count_eos: bool):
    """The log-probability of a sequence, normalised by its length."""
    length = len(sequence.tokens)
    if ended(sequence.tokens, eos) and not count_eos:
        length = max(1, length - 1)
    return normalized(sequence.log_prob, length, length_penalty)


def normalized(log_prob, length: int, length_penalty: float):
    """log_prob / length^length_penalty"""
    if length_penalty == 0:
        return log_prob
    return log_prob / of_kind(length, log_prob) ** length_penalty


def padded(tokens: tuple[int, ...], steps: int) -> tuple[int, ...]:
    """Repeat the last token of a sequence that ended early, eos, to the last step."""
    return (*tokens, *tokens[-1:] * (steps - len(tokens)))


def check_table(
    log_probs: np.ndarray, next_state: np.ndarray, eos: int | None = None
) -> None:
    """Check that a table of next tokens is one, and that eos is one of its tokens.

    Raises:
        ValueError: shapes that do not fit each other, no tokens, a state that there
            is not, or an eos that is no token.
    """
    exact_rank("log_probs", log_probs, "batch states vocabulary")
    if next_state.shape != log_probs.shape:
        raise ValueError(
            f"next_state has shape {next_state.shape}; "
            f"it must be log_probs', {log_probs.shape}"
        )
    _, states, vocabulary = log_probs.shape
    check_least(1, states=states, vocabulary=vocabulary)
    if next_state.size and not 0 <= next_state.min() <= next_state.max() < states:
        raise ValueError(
            f"next_state is from {next_state.min()} to {next_state.max()}; "
            f"there are {states} states"
        )
    if eos is not None and not 0 <= eos < vocabulary:
        raise ValueError(f"eos is {eos}; there are {vocabulary} tokens")
