"""Padding as NumPy has it."""

from collections.abc import Sequence

import numpy as np

MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(
    input: np.ndarray, *, pad: Sequence[int], mode: str, value: float = 0
) -> np.ndarray:
    unpadded = [(0, 0)] * (input.ndim - len(pad) // 2)
    sides = [*unpadded, *zip(pad[-2::-2], pad[::-2])]
    crop = [slice(max(0, -b), n + min(0, a)) for n, (b, a) in zip(input.shape, sides)]
    x, width = input[*crop], np.maximum(sides, 0)
    if mode == "constant":
        return np.pad(x, width, constant_values=value)
    return np.pad(x, width, mode=MODES[mode])
