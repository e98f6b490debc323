import numpy as np


def padding_mask(input: np.ndarray, *, padding_idx: int) -> np.ndarray:
    return input != padding_idx


def sequence_mask(valid_lens: np.ndarray, *, max_len: int) -> np.ndarray:
    return np.arange(max_len) < valid_lens[..., None]


def hidden_mask(mask: np.ndarray) -> np.ndarray:
    return ~mask


def combined_mask(valid: np.ndarray, visible: np.ndarray, *, heads: int) -> np.ndarray:
    mask = valid[:, None, None] & visible
    return np.broadcast_to(mask, (len(valid), heads, *visible.shape))


def class_masks(labels: np.ndarray, *, num_classes: int) -> np.ndarray:
    return labels == np.arange(num_classes).reshape(-1, *[1] * labels.ndim)


def causal_mask(*, size: int) -> np.ndarray:
    return np.tri(size, dtype=bool)
