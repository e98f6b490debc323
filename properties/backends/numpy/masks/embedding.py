import numpy as np


def embedding(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return weight[input]


def embedding_max_norm(
    input: np.ndarray, weight: np.ndarray, *, max_norm: float, norm_type: float
) -> tuple[np.ndarray, np.ndarray]:
    lengths = np.linalg.norm(weight, norm_type, axis=1, keepdims=True)
    scale = (max_norm / (lengths + 1e-7)).astype(weight.dtype)
    used = np.isin(np.arange(len(weight)), input)[:, None]
    table = np.where(used & (lengths > max_norm), weight * scale, weight)
    return table[input], table


def embedding_gradient(
    input: np.ndarray,
    gradient: np.ndarray,
    *,
    num_embeddings: int,
    padding_idx: int | None,
    scale_grad_by_freq: bool,
) -> np.ndarray:
    table = np.zeros((num_embeddings, gradient.shape[-1]), gradient.dtype)
    np.add.at(table, input, gradient)
    if scale_grad_by_freq:
        counts = np.bincount(input.ravel(), minlength=num_embeddings)
        table /= np.maximum(counts, 1)[:, None].astype(gradient.dtype)
    if padding_idx is not None:
        table[padding_idx] = 0
    return table
