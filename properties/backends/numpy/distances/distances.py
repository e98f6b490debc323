"""SciPy's distances under the names of reference/distances/distances.py."""

import numpy as np
from scipy.spatial import distance


def cdist(x1: np.ndarray, x2: np.ndarray, *, p: float) -> np.ndarray:
    if x1.ndim > 2 or x2.ndim > 2:
        raise NotImplementedError("SciPy takes no batches")
    metric = {1: "cityblock", 2: "euclidean"}[p]
    return distance.cdist(x1, x2, metric).astype(x1.dtype)


def nearest_neighbour(
    train: np.ndarray, labels: np.ndarray, queries: np.ndarray, *, p: float
) -> np.ndarray:
    return labels[np.argmin(cdist(queries, train, p=p), 1)]
