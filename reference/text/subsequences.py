"""Subsequences of a long one, and what comes next: what models are trained on."""

import numpy as np

from reference.arguments import check_least, exact_rank


def lagged_features(input: np.ndarray, *, tau: int) -> tuple[np.ndarray, np.ndarray]:
    """Pair each value of a series with the tau values before it.

        features[i, j] = input[i + j],   labels[i] = input[i + tau]

    Shapes:
        input    (length)
        results  features (length − tau, tau) and labels (length − tau), input's dtype

    Units: tau counts steps.

    Raises:
        ValueError: tau is below 1, or the series is shorter than that.

    Source: Zhang et al., "Dive into Deep Learning", on sequence models.
    """
    check_least(1, tau=tau)
    exact_rank("input", input, "length")
    check_least(tau, length=len(input))
    count = len(input) - tau
    features, labels = np.zeros((count, tau), input.dtype), np.zeros(count, input.dtype)
    for i in range(count):
        features[i], labels[i] = input[i : i + tau], input[i + tau]
    return features, labels


def seq_data_iter_random(
    corpus: np.ndarray,
    order: np.ndarray,
    *,
    batch_size: int,
    num_steps: int,
    offset: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Cut a corpus into subsequences, shuffle them, and put them into minibatches.

        X[i, b, t] = corpus[start + t],   Y[i, b, t] = corpus[start + t + 1]
        start = offset + order[i · batch_size + b] · num_steps
        Subsequences do not overlap; those that do not fill a minibatch are left out,
        and so is what is before offset, and behind the last whole one.

    Shapes:
        corpus   (length), ints
        order    (subsequences), a permutation of 0, 1, …: the random choice, made
                 beforehand; subsequences = (length − offset − 1) // num_steps
        results  X and Y, (batches, batch_size, num_steps), corpus' dtype, where
                 batches = subsequences // batch_size, perhaps 0

    Units: num_steps and offset count tokens; offset is drawn from [0, num_steps).

    Raises:
        ValueError: batch_size or num_steps is below 1, offset is not in [0, num_steps)
            or beyond the corpus, or order is not a permutation.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on language
        models and their data.
    """
    _check_subsequences(corpus, batch_size, num_steps, offset)
    count = (len(corpus) - offset - 1) // num_steps
    if order.shape != (count,) or sorted(order) != [*range(count)]:
        raise ValueError(f"order is {order}; it must be a permutation of {count}")
    shape = count // batch_size, batch_size, num_steps
    x, y = np.zeros(shape, corpus.dtype), np.zeros(shape, corpus.dtype)
    for i, b, t in np.ndindex(shape):
        start = offset + order[i * batch_size + b] * num_steps
        x[i, b, t], y[i, b, t] = corpus[start + t], corpus[start + t + 1]
    return x, y


def seq_data_iter_sequential(
    corpus: np.ndarray, *, batch_size: int, num_steps: int, offset: int
) -> tuple[np.ndarray, np.ndarray]:
    """Cut a corpus into rows, so that a minibatch goes on where the last one ended.

        X[i, b, t] = corpus[start + t],   Y[i, b, t] = corpus[start + t + 1]
        start = offset + b · row + i · num_steps
        row = (length − offset − 1) // batch_size

    Shapes:
        corpus   (length), ints
        results  X and Y, (batches, batch_size, num_steps), corpus' dtype, where
                 batches = row // num_steps, perhaps 0

    Units: num_steps and offset count tokens. d2l draws offset from [0, num_steps].

    Raises:
        ValueError: batch_size or num_steps is below 1, or offset is not in
            [0, num_steps] or beyond the corpus.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on language
        models and their data.
    """
    _check_subsequences(corpus, batch_size, num_steps, offset, most=num_steps)
    row = (len(corpus) - offset - 1) // batch_size
    shape = row // num_steps, batch_size, num_steps
    x, y = np.zeros(shape, corpus.dtype), np.zeros(shape, corpus.dtype)
    for i, b, t in np.ndindex(shape):
        start = offset + b * row + i * num_steps
        x[i, b, t], y[i, b, t] = corpus[start + t], corpus[start + t + 1]
    return x, y


def _check_subsequences(
    corpus: np.ndarray,
    batch_size: int,
    num_steps: int,
    offset: int,
    most: int | None = None,
) -> None:
    """Check how a corpus is to be cut.

    Raises:
        ValueError: it cannot be.
    """
    exact_rank("corpus", corpus, "length")
    check_least(1, batch_size=batch_size, num_steps=num_steps)
    most = num_steps - 1 if most is None else most
    if not 0 <= offset <= min(most, len(corpus) - 1):
        raise ValueError(
            f"offset is {offset}; it must be in [0, {most}], and a token must be there"
        )
