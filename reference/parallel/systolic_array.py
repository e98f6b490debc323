"""A grid of cells that multiply matrices by handing numbers to their neighbours."""

import numpy as np


def systolic_matmul(
    a: np.ndarray, b: np.ndarray, *, stationary: str = "output"
) -> tuple[np.ndarray, np.ndarray]:
    """Multiply matrices on a systolic array, cycle by cycle.

        C[i, j] = Σ_l  A[i, l] · B[l, j]
        stationary "output": cell (i, j) keeps C[i, j]. Row i of A enters it from the
        left, i cycles late, column j of B from above, j cycles late; each cycle a
        cell adds the product of what it is handed, and hands it on.
        stationary "weight": cell (l, j) keeps B[l, j]. Column l of A enters from the
        left, l cycles late; sums go down, and leave below the last row complete.
        Both take n + k + m − 2 cycles, n · k · m at most, from the first product to
        the last; B's way into the cells is not counted.

    Shapes:
        a       (n, k), b (k, m), none of them 0
        result  (n, m), a's dtype; and the number of cycles, (), int64

    Units: cycles, in each of which a cell multiplies and adds once at most.

    Raises:
        ValueError: matrices that do not fit each other, or are empty; or another
            stationary.

    Source: Kung and Leiserson, "Systolic arrays (for VLSI)" (1979); Jouppi et al.,
        "In-Datacenter Performance Analysis of a Tensor Processing Unit"
        (arXiv:1704.04760), for the weights that stay.
    """
    if a.ndim != 2 or b.ndim != 2 or a.shape[1:] != b.shape[:1] or not a.size * b.size:
        raise ValueError(
            f"a and b have shapes {a.shape} and {b.shape}; they must be (n, k) and "
            "(k, m), and not empty"
        )
    run = {"output": _outputs_stay, "weight": _weights_stay}.get(stationary)
    if run is None:
        raise ValueError(
            f'stationary is {stationary!r}; it must be "output" or "weight"'
        )
    c = np.zeros((len(a), b.shape[1]), a.dtype)
    return c, np.array(run(a, b, c), np.int64)


def _outputs_stay(a, b, c):
    """Fill in c; the number of cycles. What enters is handed on by a cell −1."""
    right, down, cycle = {}, {}, 0
    while True:
        for i in range(len(a)):
            if 0 <= cycle - i < len(b):
                right[i, -1] = a[i, cycle - i]
        for j in range(b.shape[1]):
            if 0 <= cycle - j < len(b):
                down[-1, j] = b[cycle - j, j]
        cells = [(i, j) for i, j in np.ndindex(c.shape) if (i, j - 1) in right]
        if not cells:
            return cycle
        for i, j in cells:
            c[i, j] += right[i, j - 1] * down[i - 1, j]
        right = {(i, j): right[i, j - 1] for i, j in cells}
        down = {(i, j): down[i - 1, j] for i, j in cells}
        cycle += 1


def _weights_stay(a, b, c):
    """Fill in c; the number of cycles. What enters is handed on by a cell −1."""
    right, sums, cycle = {}, {}, 0
    while True:
        for k in range(len(b)):
            if 0 <= cycle - k < len(a):
                right[k, -1] = a[cycle - k, k]
        cells = [(k, j) for k, j in np.ndindex(b.shape) if (k, j - 1) in right]
        if not cells:
            return cycle
        products = {(k, j): right[k, j - 1] * b[k, j] for k, j in cells}
        sums = {(k, j): sums.get((k - 1, j), 0) + products[k, j] for k, j in cells}
        right = {(k, j): right[k, j - 1] for k, j in cells}
        for k, j in cells:
            if k == len(b) - 1:
                c[cycle - k - j, j] = sums[k, j]
        cycle += 1
