"""Distances between points, and classes by the nearest of them."""

import numpy as np

from reference.arguments import check_least, exact_rank


def cdist(x1: np.ndarray, x2: np.ndarray, *, p: float) -> np.ndarray:
    """Measure how far each point of one set is from each of another.

        d[…, i, j] = Σ_m |x1[…, i, m] − x2[…, j, m]|            p = 1
        d[…, i, j] = √(Σ_m (x1[…, i, m] − x2[…, j, m])²)        p = 2
        The derivative of a distance of 0 is 0. torch's compute_mode is
        "donot_use_mm_for_euclid_dist": for the other see `gram_cdist`.

    Shapes:
        x1      (*batch1, n, m)
        x2      (*batch2, p, m)
        result  (*batch, n, p), x1's dtype, where batch is what batch1 and batch2
                broadcast to

    Raises:
        ValueError: x1 or x2 has fewer than two axes, m differs, batches do not
            broadcast, or p is neither 1 nor 2.

    Source: PyTorch's documentation of torch.cdist.
    """
    if p not in (1, 2):
        raise ValueError(f"p is {p}; it must be 1 or 2")
    x1, x2 = _pairs(x1, x2)
    d = np.zeros((*x1.shape[:-1], x2.shape[-2]), x1.dtype)
    for *b, i, j in np.ndindex(d.shape):
        x, y = x1[*b, i], x2[*b, j]
        gaps = [x[m] - y[m] for m in range(len(x)) if x[m] != y[m]]
        if gaps:
            powers = [abs(g) if p == 1 else g * g for g in gaps]
            d[*b, i, j] = sum(powers) if p == 1 else np.sqrt(sum(powers))
    return d


def gram_cdist(x1: np.ndarray, x2: np.ndarray) -> np.ndarray:
    """Measure Euclidean distances by products: fast, and off where points are near.

        d[…, i, j] = √max(0, |x|² + |y|² − 2 x · y),    x = x1[…, i], y = x2[…, j]
        The squares cancel: of points whose distance is less than √u times their
        length, nothing is left. torch.cdist does so by itself where a set has more
        than 25 points, or with compute_mode "use_mm_for_euclid_dist".

    Shapes:
        as of `cdist`

    Raises:
        ValueError: as of `cdist`.

    Source: PyTorch's documentation of torch.cdist.
    """
    x1, x2 = _pairs(x1, x2)
    d = np.zeros((*x1.shape[:-1], x2.shape[-2]), x1.dtype)
    for *b, i, j in np.ndindex(d.shape):
        square = 0
        for x, y in zip(x1[*b, i], x2[*b, j]):
            square = square + x * x + y * y - 2 * x * y
        d[*b, i, j] = np.sqrt(np.maximum(square, 0))
    return d


def nearest_neighbour(
    train: np.ndarray, labels: np.ndarray, queries: np.ndarray, *, p: float
) -> np.ndarray:
    """Give each query the label of the training point that is nearest to it.

        y[i] = labels[argmin_j d(queries[i], train[j])],    the first of equally near

    Shapes:
        train    (n, features)
        labels   (n,), classes
        queries  (m, features)
        result   (m,), labels' dtype

    Raises:
        ValueError: as of `k_nearest_neighbours`.

    Source: Cover and Hart, "Nearest Neighbor Pattern Classification".
    """
    return k_nearest_neighbours(train, labels, queries, k=1, p=p)


def k_nearest_neighbours(
    train: np.ndarray, labels: np.ndarray, queries: np.ndarray, *, k: int, p: float
) -> np.ndarray:
    """Give each query the class that most of its k nearest training points have.

        Of equally near points the first count; of classes with as many votes, the
        least wins. Both are choices.

    Shapes:
        train    (n, features)
        labels   (n,), classes ≥ 0
        queries  (m, features)
        result   (m,), labels' dtype

    Raises:
        ValueError: train or queries is not a matrix, labels are not one for each
            training point, k is not in [1, n], or as of `cdist`.

    Source: Cover and Hart, "Nearest Neighbor Pattern Classification".
    """
    exact_rank("train", train, "n features")
    exact_rank("queries", queries, "m features")
    check_least(1, k=k)
    if labels.shape != train.shape[:1]:
        raise ValueError(
            f"labels have shape {labels.shape}; train has {len(train)} points"
        )
    if k > len(train):
        raise ValueError(f"k is {k}; there are {len(train)} training points")
    classes = np.zeros(len(queries), labels.dtype)
    for i, distances in enumerate(cdist(queries, train, p=p)):
        nearest = sorted(range(len(train)), key=lambda j: (distances[j], j))[:k]
        votes = [labels[j] for j in nearest]
        classes[i] = min(votes, key=lambda label: (-votes.count(label), label))
    return classes


def _pairs(x1, x2):
    """Both sets of points, their batches broadcast."""
    for name, points in (("x1", x1), ("x2", x2)):
        if points.ndim < 2:
            raise ValueError(f"{name} has shape {points.shape}; it must be (…, n, m)")
    if x1.shape[-1] != x2.shape[-1]:
        raise ValueError(f"x1 has {x1.shape[-1]} features, x2 {x2.shape[-1]}")
    batch = np.broadcast_shapes(x1.shape[:-2], x2.shape[:-2])
    return [np.broadcast_to(x, (*batch, *x.shape[-2:])) for x in (x1, x2)]
