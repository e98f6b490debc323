"""A right implementation of distances, in NumPy, as a student may write it."""

import numpy as np


def cdist(x1, x2, *, p):
    gaps = x1[..., :, None, :] - x2[..., None, :, :]
    if p == 1:
        return abs(gaps).sum(-1)
    return np.sqrt((gaps * gaps).sum(-1))


def nearest_neighbour(train, labels, queries, *, p):
    return labels[np.argmin(cdist(queries, train, p=p), axis=1)]
