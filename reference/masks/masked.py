"""Means, maxima and softmax of what takes part."""

import numpy as np

from reference.arguments import along, same_shape
from reference.exponentials import shifted


def masked_mean(input: np.ndarray, mask: np.ndarray, *, dim: int) -> np.ndarray:
    """Average what takes part, along one axis.

        y = Σ_t m[t] · x[t] / Σ_t m[t]
        What is hidden may hold anything, NaN too. The mean of nothing is NaN.

    Shapes:
        input   any number of axes
        mask    as input, bool: True where an element takes part
        result  input's without dim, input's dtype

    Raises:
        ValueError: mask has another shape, or dim is not an axis.

    Source: the notes' sum(pad · m) / sum(m), of the elements and not by a product.
    """
    rows, shown = _rows(input, mask, dim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        seen = rows[n][shown[n]]
        y[n] = sum(seen) / len(seen) if len(seen) else np.nan
    return y


def masked_max(input: np.ndarray, mask: np.ndarray, *, dim: int) -> np.ndarray:
    """Find the largest of what takes part, along one axis.

        y = max {x[t] : m[t]}
        The largest of nothing is −∞; NaN is greater than all numbers. The gradient
        goes to the first of equal elements.

    Shapes:
        input   any number of axes
        mask    as input, bool: True where an element takes part
        result  input's without dim, input's dtype

    Raises:
        ValueError: mask has another shape, or dim is not an axis.

    Source: the notes' max(pad − (1 − m) · C), without a constant that can be too small.
    """
    rows, shown = _rows(input, mask, dim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        largest = -np.inf
        for x in rows[n][shown[n]]:
            largest = largest if largest != largest or x <= largest else x
        y[n] = largest
    return y


def masked_softmax(input: np.ndarray, mask: np.ndarray, *, dim: int) -> np.ndarray:
    """Take the softmax of what takes part, along one axis; the rest gets 0.

        s[i] = m[i] · e^z[i] / Σ_k m[k] · e^z[k]
        Filling hidden logits with −∞ before softmax does the same, but for a row
        that is hidden altogether: that is 0 here, and NaN there.

    Shapes:
        input   any number of axes
        mask    as input, bool: True where an element takes part
        result  as input, input's dtype

    Raises:
        ValueError: mask has another shape, or dim is not an axis.

    Source: Zhang et al., "Dive into Deep Learning", section 11.3.2.1.
    """
    rows, shown = _rows(input, mask, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        powers = [np.exp(z) for z in shifted(rows[n][shown[n]])]
        total = sum(powers)
        for i, power in zip(np.flatnonzero(shown[n]), powers):
            probs[*n, i] = power / total
    return np.moveaxis(probs, -1, dim)


def filled_softmax(
    input: np.ndarray, mask: np.ndarray, *, dim: int, fill: float
) -> np.ndarray:
    """Take the softmax of logits of which those that are hidden are replaced.

        s = softmax(where(m, z, fill)):  fill is −∞, −1e9, −1e6, …
        It is `masked_softmax` where fill is far below all logits that take part; a
        logit below a finite fill is defeated by it, and a row that is hidden
        altogether is uniform, or NaN for −∞.

    Shapes:
        input   any number of axes
        mask    as input, bool: True where an element takes part
        result  as input, input's dtype

    Raises:
        ValueError: mask has another shape, or dim is not an axis.

    Source: the notes' scores.masked_fill(mask == 1, −1e9), whose mask is True where
        an element is hidden.
    """
    rows, shown = _rows(input, mask, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        logits = [z if m else fill for z, m in zip(rows[n], shown[n])]
        powers = [np.exp(z) for z in shifted(logits)]
        total = sum(powers)
        probs[n] = [power / total for power in powers]
    return np.moveaxis(probs, -1, dim)


def padding_leak(input: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Say how much probability softmax gives to what ought to be hidden.

        leak = Σ_i (1 − m[i]) · e^z[i] / Σ_k e^z[k] = 1 − Z of what takes part / Z

    Shapes:
        input   (*batch, classes)
        mask    as input, bool: True where an element takes part
        result  (*batch), input's dtype

    Raises:
        ValueError: mask has another shape, or input no axes, or no classes.

    Source: the notes' "the probabilities of what is no padding sum to less than 1".
    """
    rows, shown = _rows(input, mask, -1)
    if not rows.shape[-1]:
        raise ValueError(f"input has shape {input.shape}; it must have classes")
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        powers = [np.exp(z) for z in shifted(rows[n])]
        hidden = sum(power for power, m in zip(powers, shown[n]) if not m)
        y[n] = hidden / sum(powers)
    return y


def _rows(input, mask, dim):
    """Input and mask with the axis dim last."""
    same_shape("input and mask", input, mask)
    if mask.dtype != bool:
        raise ValueError(f"mask has dtype {mask.dtype}; it must be bool")
    return along(input, dim), along(mask, dim)
