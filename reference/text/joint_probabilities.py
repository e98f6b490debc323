"""The probability of a whole sequence, as a product of conditional ones."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least, exact_rank


def chain_rule(joint: np.ndarray, *, order: Sequence[int]) -> np.ndarray:
    """Split a joint probability into one factor per variable, in any order of them.

        y[k, x_1, …, x_T] = p(x_{o_1}, …, x_{o_k}) / p(x_{o_1}, …, x_{o_{k − 1}})
        with o = order; the product over k is joint. 0, 1, …, T − 1 is forwards, and
        T − 1, …, 1, 0 backwards: p(x_T) p(x_{T−1} | x_T) … p(x_1 | x_2, …, x_T).

    Shapes:
        joint   one axis per variable, T ≥ 1 of them; numbers > 0
        result  (T, *joint), joint's dtype

    Raises:
        ValueError: order does not name each axis once.

    Source: Zhang et al., "Dive into Deep Learning", on sequence models.
    """
    if sorted(order) != [*range(joint.ndim)] or not joint.ndim:
        raise ValueError(f"order is {order}; it must name each axis of {joint.shape}")
    y = np.zeros((joint.ndim, *joint.shape), joint.dtype)
    for k, x in np.ndindex(joint.ndim, int(joint.size)):
        place = np.unravel_index(x, joint.shape)
        known = _marginal(joint, order[:k], place) if k else 1
        y[k, *place] = _marginal(joint, order[: k + 1], place) / known
    return y


def markov_approximation(joint: np.ndarray, *, tau: int) -> np.ndarray:
    """Make a sequence forget all but the last tau variables, at each of them.

        y[x_1, …, x_T] = Π_t p(x_t | x_{t − tau}, …, x_{t − 1}),  p from joint
        tau ≥ T − 1 forgets nothing; 0 makes all variables independent.

    Shapes:
        joint   one axis per variable, in the order of time; numbers > 0
        result  as joint

    Units: tau counts steps.

    Raises:
        ValueError: tau is below 0, or there is no variable.

    Source: Zhang et al., "Dive into Deep Learning", on sequence models.
    """
    check_least(0, tau=tau)
    check_least(1, variables=joint.ndim)
    y = np.zeros(joint.shape, joint.dtype)
    for x in np.ndindex(joint.shape):
        for t in range(joint.ndim):
            past = range(max(0, t - tau), t)
            factor = _marginal(joint, [*past, t], x)
            if past:
                factor = factor / _marginal(joint, past, x)
            y[x] = y[x] * factor if t else factor
    return y


def markov_probability(
    start: np.ndarray, transition: np.ndarray, tokens: np.ndarray
) -> np.ndarray:
    """Tell how probable a sequence is if each token depends on the tau before it.

        y[b] = start[x_1, …, x_tau] · Π_{t > tau} transition[x_{t − tau}, …, x_t]
        with x = tokens[b]. tau = 0, start a single number (1), is the unigram model;
        tau = 1 the bigram model, p(x_1) p(x_2 | x_1) p(x_3 | x_2) …

    Shapes:
        start       tau axes, each of the vocabulary: the first tau tokens' probability
        transition  tau + 1 axes: the next token's is the last
        tokens      (batch, steps), ints in [0, vocabulary), tau steps at least
        result      (batch), start's dtype

    Raises:
        ValueError: shapes that do not fit each other, or a token that there is not.

    Source: Zhang et al., "Dive into Deep Learning", on language models
        (n-grams).
    """
    exact_rank("tokens", tokens, "batch steps")
    vocabulary = transition.shape[-1] if transition.ndim else 0
    tau = start.ndim
    if start.shape != (vocabulary,) * tau or transition.shape != (
        *start.shape,
        vocabulary,
    ):
        raise ValueError(
            f"start and transition have shapes {start.shape} and {transition.shape}; "
            "they must have tau and tau + 1 axes, all of the vocabulary"
        )
    if tokens.shape[1] < tau or not all(0 <= v < vocabulary for v in tokens.flat):
        raise ValueError(
            f"tokens is {tokens}; there must be {tau} steps, of {vocabulary} tokens"
        )
    y = np.zeros(len(tokens), start.dtype)
    for b, x in enumerate(tokens):
        y[b] = start[tuple(x[:tau])]
        for t in range(tau, len(x)):
            y[b] = y[b] * transition[tuple(x[t - tau : t + 1])]
    return y


def _marginal(joint: np.ndarray, kept: Sequence[int], place: Sequence[int]):
    """The probability that the variables `kept` are as at a place."""
    index = tuple(place[i] if i in kept else slice(None) for i in range(joint.ndim))
    total = 0
    for number in np.asarray(joint[index], joint.dtype).flat:
        total = total + number
    return total
