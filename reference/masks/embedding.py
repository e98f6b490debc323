"""Embeddings: rows of a table, looked up by ids, and their gradient."""

import numpy as np

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
