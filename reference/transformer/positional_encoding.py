"""What tells a Transformer where in a sequence a token is."""

import math

import numpy as np


def sinusoidal_positional_encoding(
    positions: np.ndarray, *, num_hiddens: int
) -> np.ndarray:
    """Write positions as sines and cosines of falling frequencies.

        P[i, 2j] = sin(position[i] / 10000^(2j / num_hiddens))
        P[i, 2j + 1] = cos of the same
        If num_hiddens is odd, the last sine has no cosine beside it.

    Shapes:
        positions  (steps): numbers, which need not be whole or in order
        result     (steps, num_hiddens), positions' dtype

    Raises:
        ValueError: num_hiddens is less than 1.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.5.
    """
    if num_hiddens < 1:
        raise ValueError(f"num_hiddens is {num_hiddens}; it must be at least 1")
    encoding = np.zeros((len(positions), num_hiddens), positions.dtype)
    for i, j in np.ndindex(encoding.shape):
        angle = positions[i] / 10000 ** (j // 2 * 2 / num_hiddens)
        encoding[i, j] = np.cos(angle) if j % 2 else np.sin(angle)
    return encoding


def learned_positional_embedding(
    input: np.ndarray, pos_embedding: np.ndarray, *, offset: int = 0
) -> np.ndarray:
    """Add to each token what was learned of its position.

        y[n, i, j] = x[n, i, j] + pos_embedding[0, offset + i, j]
        offset counts the tokens that came before: those in a decoder's cache.

    Shapes:
        input          (batch, steps, num_hiddens)
        pos_embedding  (1, max_len, num_hiddens)
        result         as input, input's dtype

    Raises:
        ValueError: offset is negative, pos_embedding ends before the last step, or is
            for another number of hiddens.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); Zhang et al., "Dive into Deep
        Learning", section 15.8.
    """
    steps, num_hiddens = input.shape[1:]
    ones, max_len, width = pos_embedding.shape
    if not 0 <= offset <= max_len - steps:
        raise ValueError(
            f"offset is {offset}; with {steps} steps and {max_len} positions it must "
            f"be from 0 to {max_len - steps}"
        )
    if (ones, width) != (1, num_hiddens):
        raise ValueError(
            f"pos_embedding has shape {pos_embedding.shape}; "
            f"it must be (1, max_len, {num_hiddens})"
        )
    y = np.zeros(input.shape, input.dtype)
    for n, i, j in np.ndindex(input.shape):
        y[n, i, j] = input[n, i, j] + pos_embedding[0, offset + i, j]
    return y


def scaled_embedding(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Look tokens up, scaled to the size of a positional encoding.

        y[*n, j] = √num_hiddens · weight[token, j],  token = input[*n]

    Shapes:
        input   (*size): indices of tokens
        weight  (num_tokens, num_hiddens)
        result  (*size, num_hiddens), weight's dtype

    Raises:
        ValueError: a token is not a row of weight.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.4.
    """
    num_tokens, num_hiddens = weight.shape
    for token in input.flat:
        if not 0 <= token < num_tokens:
            raise ValueError(f"input has token {token}; weight has {num_tokens} rows")
    y = np.zeros((*input.shape, num_hiddens), weight.dtype)
    for *n, j in np.ndindex(y.shape):
        y[*n, j] = math.sqrt(num_hiddens) * weight[input[*n], j]
    return y
