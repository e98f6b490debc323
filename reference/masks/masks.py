"""Masks: which steps take part. True always means: it does."""

import numpy as np

from reference.arguments import check_least


def padding_mask(input: np.ndarray, *, padding_idx: int) -> np.ndarray:
    """Say which ids are no padding.

        mask[…] = input[…] ≠ padding_idx
        Where a real token has that id, it is hidden, too: reserve the id.

    Shapes:
        input   any shape, ints
        result  as input, bool: True where a step takes part

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.2.3, hides the others.
    """
    mask = np.zeros(input.shape, bool)
    for n in np.ndindex(input.shape):
        mask[n] = input[n] != padding_idx
    return mask


def sequence_mask(valid_lens: np.ndarray, *, max_len: int) -> np.ndarray:
    """Say which steps are within their sequence's length.

        mask[…, t] = t < valid_lens[…]

    Shapes:
        valid_lens  any shape, ints
        result      (*valid_lens, max_len), bool: True where a step takes part

    Units: lengths count steps; one beyond max_len is all of it, one below 0 nothing.

    Raises:
        ValueError: max_len is below 0.

    Source: Zhang et al., "Dive into Deep Learning", section 10.7.3.
    """
    check_least(0, max_len=max_len)
    mask = np.zeros((*valid_lens.shape, max_len), bool)
    for *n, t in np.ndindex(mask.shape):
        mask[*n, t] = t < valid_lens[*n]
    return mask


def hidden_mask(mask: np.ndarray) -> np.ndarray:
    """Turn a mask round: from "takes part" to "is hidden", and back.

        y[…] = not mask[…]
        torch.nn.MultiheadAttention and torch.nn.Transformer take masks that say what
        is hidden; scaled_dot_product_attention takes those that say what takes part.

    Shapes:
        mask    any shape, bool
        result  as mask, bool

    Raises:
        ValueError: mask is not bool: ~ on other integers flips bits.

    Source: PyTorch's documentation of scaled_dot_product_attention.
    """
    _check_bool(mask)
    y = np.zeros(mask.shape, bool)
    for n in np.ndindex(mask.shape):
        y[n] = not mask[n]
    return y


def additive_mask(mask: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Turn a mask into numbers to add to scores.

        y[…] = 0 where mask[…], else −∞

    Shapes:
        mask    any shape, bool: True where a step takes part
        like    any shape: an array of the dtype to give
        result  as mask, like's dtype

    Raises:
        ValueError: mask is not bool.

    Source: PyTorch's documentation of
        torch.nn.Transformer.generate_square_subsequent_mask.
    """
    _check_bool(mask)
    y = np.zeros(mask.shape, like.dtype)
    for n in np.ndindex(mask.shape):
        if not mask[n]:
            y[n] = -np.inf
    return y


def causal_mask(*, size: int) -> np.ndarray:
    """Say which steps a step may look back to: those before it, and itself.

        mask[i, j] = j ≤ i
        Hidden is the strict upper triangle, torch.triu(ones, diagonal=1).

    Shapes: (size, size), bool: True where step i sees step j

    Raises:
        ValueError: size is below 0.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.2.3.
    """
    check_least(0, size=size)
    mask = np.zeros((size, size), bool)
    for i, j in np.ndindex(mask.shape):
        mask[i, j] = j <= i
    return mask


def combined_mask(valid: np.ndarray, visible: np.ndarray, *, heads: int) -> np.ndarray:
    """Join the mask of a batch's keys with one of queries and keys, for all heads.

        mask[n, h, i, j] = valid[n, j] and visible[i, j]

    Shapes:
        valid    (batch, keys), bool
        visible  (queries, keys), bool
        result   (batch, heads, queries, keys), bool: True where i sees j

    Raises:
        ValueError: the masks are not bool or not of as many keys; heads below 1.

    Source: the notes' two masks, joined; Vaswani et al. (arXiv:1706.03762), 3.2.3.
    """
    _check_bool(valid)
    _check_bool(visible)
    check_least(1, heads=heads)
    if valid.ndim != 2 or visible.ndim != 2 or valid.shape[1] != visible.shape[1]:
        raise ValueError(
            f"masks have shapes {valid.shape} and {visible.shape}; they must be "
            "(batch, keys) and (queries, keys)"
        )
    mask = np.zeros((len(valid), heads, *visible.shape), bool)
    for n, h, i, j in np.ndindex(mask.shape):
        mask[n, h, i, j] = valid[n, j] and visible[i, j]
    return mask


def class_masks(labels: np.ndarray, *, num_classes: int) -> np.ndarray:
    """Split a map of labels into one mask for each class.

        masks[c, …] = labels[…] = c
        A label beyond the classes, such as 255 for "not labelled", is in no mask.

    Shapes:
        labels  any shape, ints
        result  (num_classes, *labels), bool

    Raises:
        ValueError: num_classes is below 1.

    Source: Long, Shelhamer and Darrell, "Fully Convolutional Networks for Semantic
        Segmentation" (arXiv:1411.4038).
    """
    check_least(1, num_classes=num_classes)
    masks = np.zeros((num_classes, *labels.shape), bool)
    for c, *n in np.ndindex(masks.shape):
        masks[c, *n] = labels[*n] == c
    return masks


def _check_bool(mask):
    if mask.dtype != bool:
        raise ValueError(f"mask has dtype {mask.dtype}; it must be bool")
