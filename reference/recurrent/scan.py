"""A recurrence along a chain, and the same along a tree."""

import numpy as np

from reference.arguments import same_shape


def affine_chain(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compose the steps h → a[t] · h + b[t] of a linear recurrence, one after another.

        (a, b) then (c, d)  is  (c · a, c · b + d):  h → A · h + B is all steps
        The longest path has a composition for every step but the first.

    Shapes:
        a, b     (steps, *size), one step at least
        results  A and B, (*size) each

    Raises:
        ValueError: shapes differ, or there is no step.

    Source: Blelloch, "Prefix Sums and Their Applications" (1990), on recurrences.
    """
    _check(a, b)
    total = a[0], b[0]
    for t in range(1, len(a)):
        total = _then(total, (a[t], b[t]))
    return total


def affine_tree(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compose the steps of a linear recurrence in pairs, and pairs of pairs.

        As `affine_chain`: composition is associative. The longest path has
        ⌈log₂ steps⌉ compositions.

    Shapes: as `affine_chain`.

    Raises:
        ValueError: as `affine_chain`.

    Source: Blelloch, "Prefix Sums and Their Applications" (1990), on recurrences.
    """
    _check(a, b)
    level = [*zip(a, b)]
    while len(level) > 1:
        pairs = [_then(*level[k : k + 2]) for k in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0]


def _then(first: tuple, second: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Compose two steps."""
    (a, b), (c, d) = first, second
    return c * a, c * b + d


def _check(a: np.ndarray, b: np.ndarray) -> None:
    """Check that there are steps.

    Raises:
        ValueError: shapes differ, or there is none.
    """
    same_shape("a and b", a, b)
    if not a.ndim or not len(a):
        raise ValueError(f"a has shape {a.shape}; it must have a step at least")
