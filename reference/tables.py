"""Checks of tables of embeddings, and of the ids that are looked up in them."""

import numpy as np


def check_table(weight: np.ndarray) -> None:
    """Check that embeddings are the rows of a table.

    Raises:
        ValueError: weight has not two axes.
    """
    if weight.ndim != 2:
        raise ValueError(
            f"weight has shape {weight.shape}; "
            "it must be (num_embeddings, embedding_dim)"
        )


def check_ids(input: np.ndarray, num_embeddings: int) -> None:
    """Check that all ids are rows of a table.

    Raises:
        ValueError: one is not in [0, num_embeddings).
    """
    beyond = (input < 0) | (input >= num_embeddings)
    if beyond.any():
        raise ValueError(
            f"input has {input[beyond][0]}; ids must be in [0, {num_embeddings})"
        )


def row_of_padding(padding_idx: int | None, num_embeddings: int) -> int | None:
    """The row that stands for padding, counted from the start.

    Raises:
        ValueError: it is not a row of the table.
    """
    if padding_idx is None:
        return None
    if not -num_embeddings <= padding_idx < num_embeddings:
        raise ValueError(
            f"padding_idx is {padding_idx}; it must be in "
            f"[{-num_embeddings}, {num_embeddings})"
        )
    return padding_idx % num_embeddings
