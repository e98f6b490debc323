"""Embeddings: rows of a table, looked up by ids, and their gradient."""

import numpy as np

from reference.arguments import check_least
from reference.tables import check_ids, check_table, row_of_padding


def embedding(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Look up a row of a table for each id.

        y[…, d] = weight[input[…], d]

    Shapes:
        input   any shape, ints in [0, num_embeddings)
        weight  (num_embeddings, embedding_dim)
        result  (*input, embedding_dim), weight's dtype

    Raises:
        ValueError: weight is no table, or an id is not a row of it.

    Source: Zhang et al., "Dive into Deep Learning", section 15.1; PyTorch's
        documentation of torch.nn.functional.embedding.
    """
    check_table(weight)
    check_ids(input, len(weight))
    y = np.zeros((*input.shape, weight.shape[1]), weight.dtype)
    for *n, d in np.ndindex(y.shape):
        y[*n, d] = weight[input[*n], d]
    return y


def embedding_max_norm(
    input: np.ndarray, weight: np.ndarray, *, max_norm: float, norm_type: float = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Shorten the rows that are looked up and too long, then look them up.

        table[r] = weight[r] · max_norm / (norm + 10⁻⁷)
                   where r is in input and norm = ‖weight[r]‖ > max_norm
        y[…, d] = table[input[…], d]
        A row is shortened once, however often it is looked up. PyTorch's weight becomes
        the table, in place; its 10⁻⁷ keeps rows of no length from a division by 0.

    Shapes:
        input    any shape, ints in [0, num_embeddings)
        weight   (num_embeddings, embedding_dim)
        results  (*input, embedding_dim); and the table: as weight; weight's dtype

    Units: norm_type is the power of the norm: 1, 2 or infinity.

    Raises:
        ValueError: weight is no table, an id is not a row of it, max_norm is below 0,
            or another norm_type.

    Source: PyTorch's documentation of torch.nn.functional.embedding.
    """
    check_table(weight)
    check_ids(input, len(weight))
    check_least(0, max_norm=max_norm)
    table = weight.copy()
    for r in sorted({int(i) for i in input.flat}):
        length = _norm(weight[r], norm_type)
        if length > max_norm:
            for d in range(weight.shape[1]):
                table[r, d] = weight[r, d] * (max_norm / (length + 1e-7))
    return embedding(input, table), table


def embedding_gradient(
    input: np.ndarray,
    gradient: np.ndarray,
    *,
    num_embeddings: int,
    padding_idx: int | None = None,
    scale_grad_by_freq: bool = False,
) -> np.ndarray:
    """Add up, for each row of a table, the gradients of its lookups.

        g[r, d] = Σ gradient[…, d] over the places where input[…] = r
        Row padding_idx gets 0: it is not learnt. With scale_grad_by_freq a row's sum
        is divided by how often it was looked up.

    Shapes:
        input     any shape, ints in [0, num_embeddings)
        gradient  (*input, embedding_dim)
        result    (num_embeddings, embedding_dim), gradient's dtype

    Units: a negative padding_idx counts from the end of the table.

    Raises:
        ValueError: an id or padding_idx is not a row of the table, or gradient's shape
            is not that of the lookups.

    Source: PyTorch's documentation of torch.nn.functional.embedding.
    """
    check_ids(input, num_embeddings)
    if gradient.shape[:-1] != input.shape:
        raise ValueError(
            f"gradient has shape {gradient.shape}; it must be {input.shape} and "
            "embedding_dim"
        )
    padding = row_of_padding(padding_idx, num_embeddings)
    table = np.zeros((num_embeddings, gradient.shape[-1]), gradient.dtype)
    for *n, d in np.ndindex(gradient.shape):
        if input[*n] != padding:
            table[input[*n], d] += gradient[*n, d]
    if scale_grad_by_freq:
        for r, d in np.ndindex(table.shape):
            table[r, d] = table[r, d] / max(int((input == r).sum()), 1)
    return table


def _norm(row, norm_type):
    if norm_type == 1:
        return sum(abs(x) for x in row)
    if norm_type == 2:
        return np.sqrt(sum(x * x for x in row))
    if norm_type == np.inf:
        return max(abs(x) for x in row)
    raise ValueError(f"norm_type is {norm_type}; it must be 1, 2 or infinity")
