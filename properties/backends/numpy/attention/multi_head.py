import numpy as np


def transpose_qkv(input: np.ndarray, *, num_heads: int) -> np.ndarray:
    batch, length, embed = input.shape
    split = input.reshape(batch, length, num_heads, embed // num_heads)
    return split.swapaxes(1, 2)


def transpose_output(input: np.ndarray) -> np.ndarray:
    batch, heads, length, features = input.shape
    return input.swapaxes(1, 2).reshape(batch, length, heads * features)
