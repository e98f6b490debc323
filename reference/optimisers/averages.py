"""Averages: of gradients over time and over a batch, and of models."""

import numpy as np

from reference.arguments import check_least, exact_rank
from reference.numbers import of_kind
from reference.optimisers.updates import check_share


def ewma(input: np.ndarray, *, beta: float) -> np.ndarray:
    """Average what came so far, with weights that fall by beta each step.

        m[t+1] = (1 − beta) · (x[t] + beta · x[t−1] + beta² · x[t−2] + …)
               = beta · m[t] + (1 − beta) · x[t],    m[0] = 0
        The weights sum to 1 − betaᵗ, not to 1: Adam divides by that.

    Shapes:
        input   (steps, *size)
        result  (steps, *size): m[1] and so on; input's dtype

    Raises:
        ValueError: input has no axes, or beta is not in [0, 1).

    Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization"
        (arXiv:1412.6980), section 3.
    """
    if not input.ndim:
        raise ValueError("input has no axes; its first must be the steps")
    check_share(beta=beta)
    means = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape[1:]):
        for t in range(len(input)):
            power = 1
            for x in reversed(input[: t + 1, *i]):
                means[t, *i] += power * (1 - beta) * x
                power = of_kind(1, x) * power * beta  # rounds, as repeated products do
    return means


def geometric_sum(input: np.ndarray, *, terms: int) -> np.ndarray:
    """Add up powers: what a velocity makes of a constant gradient.

        y[i] = Σ_{k=0}^{terms−1} x[i]ᵏ,    (1 − x^terms) / (1 − x) unless x is 1

    Shapes:
        input   any
        result  as input, input's dtype

    Raises:
        ValueError: terms is below 0.

    Source: Kingma and Ba (arXiv:1412.6980), section 3, where it corrects the bias.
    """
    check_least(0, terms=terms)
    sums = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        power = 1
        for _ in range(terms):
            sums[i] = sums[i] + power
            power = power * input[i]
    return sums


def ensemble_average(input: np.ndarray) -> np.ndarray:
    """Average what several models predict.

        y = Σ_k x[k] / models

    Shapes:
        input   (models, *size): each model's prediction
        result  (*size), input's dtype

    Raises:
        ValueError: there are no models.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 7.11.
    """
    if not input.ndim or not len(input):
        raise ValueError(f"input has shape {input.shape}; its first axis is the models")
    y = np.zeros(input.shape[1:], input.dtype)
    for i in np.ndindex(y.shape):
        y[i] = sum(input[:, *i]) / len(input)
    return y


def minibatch_gradient(input: np.ndarray, batch: np.ndarray) -> np.ndarray:
    """Estimate the gradient of a mean loss from a few examples.

        ĝ = Σ_{k in batch} g[k] / (how many are in batch)

    Shapes:
        input   (examples, *size): the gradient of each example's loss
        batch   (k): indices of examples; an example may be there twice
        result  (*size), input's dtype

    Raises:
        ValueError: batch is empty or has several axes, or an index is no example.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 8.1.3.
    """
    exact_rank("batch", batch, "k")
    if not batch.size or batch.min() < 0 or batch.max() >= len(input):
        raise ValueError(f"batch is {batch}; it takes indices of {len(input)} examples")
    return ensemble_average(input[batch])


def reuse_rows(weight: np.ndarray, source: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Start a classifier from another one's rows, for the classes that both have.

        w'[c] = source[rows[c]], or w[c] where rows[c] is −1

    Shapes:
        weight  (classes, features): what new classes start from
        source  (source_classes, features): a trained classifier
        rows    (classes): for each class its row of source, or −1
        result  (classes, features), weight's dtype

    Raises:
        ValueError: shapes do not fit each other, or a row that source lacks.

    Source: Zhang et al., "Dive into Deep Learning", section 14.2, exercise 4.
    """
    exact_rank("weight", weight, "classes features")
    exact_rank("source", source, "source_classes features")
    if rows.shape != weight.shape[:1] or source.shape[1] != weight.shape[1]:
        raise ValueError(
            f"weight, source and rows have shapes {weight.shape}, {source.shape} and "
            f"{rows.shape}; they must be (classes, features), (·, features), (classes)"
        )
    if ((rows < -1) | (rows >= len(source))).any():
        raise ValueError(f"rows are {rows}; source has {len(source)}")
    y = np.zeros(weight.shape, weight.dtype)
    for c, row in enumerate(rows):
        y[c] = weight[c] if row < 0 else source[row]
    return y
