import numpy as np


def content_loss(input: np.ndarray, target: np.ndarray) -> np.ndarray:
    return np.square(input - target).mean()


def gram_matrix(input: np.ndarray, *, normalize: bool) -> np.ndarray:
    gram = np.einsum("nchw,ndhw->ncd", input, input)
    return gram / input[0].size if normalize else gram


def tv_loss(input: np.ndarray, *, reduction: str) -> np.ndarray:
    down, across = abs(np.diff(input, axis=2)), abs(np.diff(input, axis=3))
    if reduction == "mean":
        return (down.mean() + across.mean()) / 2
    return down.sum() + across.sum()
