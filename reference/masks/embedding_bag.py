"""Bags of embeddings: their sum, mean or maximum, and its gradient."""

import itertools

import numpy as np

from reference.tables import check_ids, check_table, row_of_padding


def embedding_bag(
    input: np.ndarray,
    weight: np.ndarray,
    offsets: np.ndarray | None = None,
    per_sample_weights: np.ndarray | None = None,
    *,
    mode: str = "mean",
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> np.ndarray:
    """Look up bags of ids in a table, and make one row of each bag.

        y[b, d] = Σ_i s[i] · weight[input[i], d]  over the ids i of bag b,   mode "sum"
        y[b, d] = that with s = 1, divided by how many they are,             mode "mean"
        y[b, d] = max_i weight[input[i], d], its gradient to the first,      mode "max"
        Ids that are padding_idx are in no bag, and so are those behind a last offset
        that ends the bags. A bag of nothing is 0; NaN is greater than all numbers.

    Shapes:
        input               (ids) with offsets, else (bags, ids), ints
        weight              (num_embeddings, embedding_dim)
        offsets             (bags): where each bag begins; or with include_last_offset
                            (bags + 1), the last where the last bag ends
        per_sample_weights  as input, for mode "sum" only; or None for ones
        result              (bags, embedding_dim), weight's dtype

    Units: a negative padding_idx counts from the end of the table.

    Raises:
        ValueError: another mode; offsets that do not begin at 0 or that decrease;
            per_sample_weights with another mode than "sum"; an id that is no row;
            or shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.EmbeddingBag.
    """
    check_table(weight)
    check_ids(input, len(weight))
    _check_mode(mode, input, per_sample_weights)
    padding = row_of_padding(padding_idx, len(weight))
    bags = _bags(input, offsets, include_last_offset, padding)
    ids = input.ravel()
    y = np.zeros((len(bags), weight.shape[1]), weight.dtype)
    for b, d in np.ndindex(y.shape):
        rows = [weight[ids[i], d] for i in bags[b]]
        if per_sample_weights is not None:
            rows = [per_sample_weights.ravel()[i] * w for i, w in zip(bags[b], rows)]
        if mode == "max":
            y[b, d] = _first_largest(rows) if rows else 0
        else:
            y[b, d] = sum(rows) / (max(len(rows), 1) if mode == "mean" else 1)
    return y


def embedding_bag_gradient(
    input: np.ndarray,
    gradient: np.ndarray,
    offsets: np.ndarray | None = None,
    per_sample_weights: np.ndarray | None = None,
    *,
    num_embeddings: int,
    mode: str = "mean",
    padding_idx: int | None = None,
    scale_grad_by_freq: bool = False,
) -> np.ndarray:
    """Add up, for each row of a table, the gradients of the bags that it is in.

        g[r, d] = Σ s[i] · gradient[b, d]
                  over the places i of bags b where input[i] = r
        For mode "mean", s[i] = 1 / ids of the bag. With scale_grad_by_freq a row's sum
        is divided by how often the row is in a bag.

    Shapes:
        input               (ids) with offsets, else (bags, ids), ints
        gradient            (bags, embedding_dim)
        offsets             (bags): where each bag begins
        per_sample_weights  as input, for mode "sum" only; or None for ones
        result              (num_embeddings, embedding_dim), gradient's dtype

    Units: a negative padding_idx counts from the end of the table.

    Raises:
        ValueError: as `embedding_bag`; or mode is "max", where it is not the ids alone
            that say which row a gradient goes to.

    Source: PyTorch's documentation of torch.nn.EmbeddingBag.
    """
    check_ids(input, num_embeddings)
    _check_mode(mode, input, per_sample_weights)
    if mode == "max":
        raise ValueError("mode is 'max'; it must be 'sum' or 'mean'")
    padding = row_of_padding(padding_idx, num_embeddings)
    bags = _bags(input, offsets, False, padding)
    if len(gradient) != len(bags):
        raise ValueError(f"gradient has shape {gradient.shape}; bags are {len(bags)}")
    ids = input.ravel()
    table = np.zeros((num_embeddings, gradient.shape[1]), gradient.dtype)
    for b, bag in enumerate(bags):
        for i, d in np.ndindex(len(bag), gradient.shape[1]):
            share = gradient[b, d] / (len(bag) if mode == "mean" else 1)
            if per_sample_weights is not None:
                share = share * per_sample_weights.ravel()[bag[i]]
            table[ids[bag[i]], d] += share
    if scale_grad_by_freq:
        counted = [ids[i] for bag in bags for i in bag]
        for r, d in np.ndindex(table.shape):
            table[r, d] = table[r, d] / max(counted.count(r), 1)
    return table


def _first_largest(numbers):
    largest = numbers[0]
    for number in numbers[1:]:
        largest = largest if largest != largest or number <= largest else number
    return largest


def _bags(input, offsets, include_last_offset, padding):
    """For each bag, where its ids are in the flattened input."""
    if offsets is None:
        if input.ndim != 2:
            raise ValueError(
                f"input has shape {input.shape}; without offsets it must be (bags, ids)"
            )
        starts = [n * input.shape[1] for n in range(len(input) + 1)]
    else:
        starts = _starts(input, offsets, include_last_offset)
    ids = input.ravel()
    return [
        [i for i in range(start, end) if ids[i] != padding]
        for start, end in itertools.pairwise(starts)
    ]


def _starts(input, offsets, include_last_offset):
    """Where each bag begins, and where the last one ends."""
    if input.ndim != 1 or offsets.ndim != 1:
        raise ValueError(
            f"input and offsets have shapes {input.shape} and {offsets.shape}; they "
            "must be (ids) and (bags)"
        )
    starts = [*map(int, offsets)]
    if include_last_offset and not starts:
        raise ValueError("offsets is empty; with include_last_offset it ends the bags")
    ends = [*starts, input.size]
    if starts[:1] not in ([], [0]) or ends != sorted(ends):
        raise ValueError(
            f"offsets is {starts}; they must begin at 0, not decrease, and end within "
            f"{input.size} ids"
        )
    return starts if include_last_offset else ends


def _check_mode(mode, input, per_sample_weights):
    if mode not in ("sum", "mean", "max"):
        raise ValueError(f"mode is {mode!r}; it must be 'sum', 'mean' or 'max'")
    if per_sample_weights is None:
        return
    if mode != "sum":
        raise ValueError(f"mode is {mode!r}; per_sample_weights are for 'sum' only")
    if per_sample_weights.shape != input.shape:
        raise ValueError(
            f"per_sample_weights has shape {per_sample_weights.shape}; "
            f"it must be {input.shape}"
        )
