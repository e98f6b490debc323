"""Subtle faults of distances.py: the text to replace, and by what."""

FAULTS = {
    "cdist": {
        "Gram form": (
            "return np.sqrt((gaps * gaps).sum(-1))",
            "square = (x1 * x1).sum(-1)[..., :, None]\n"
            "    square = square + (x2 * x2).sum(-1)[..., None, :]\n"
            "    square = square - 2 * x1 @ x2.swapaxes(-1, -2)\n"
            "    return np.sqrt(np.maximum(square, 0))",
        ),
        "no root": ("np.sqrt((gaps * gaps).sum(-1))", "(gaps * gaps).sum(-1)"),
        "p ignored": ("if p == 1", "if p == 0"),
        "wrong past feature 64": (".sum(-1))", "[..., :64].sum(-1))"),
        "batch of the second alone": (
            "x1[..., :, None, :]",
            "(x1[:1] if x1.ndim > 2 else x1)[..., :, None, :]",
        ),
        "a floor below the root": (".sum(-1))", ".sum(-1) + gaps.dtype.type(1e-8))"),
        "NaN is far by nothing": (
            "(gaps * gaps).sum(-1)",
            "np.nansum(gaps * gaps, -1)",
        ),
    },
    "nearest_neighbour": {
        "the farthest": ("np.argmin", "np.argmax"),
        "always p = 2": ("train, p=p)", "train, p=2)"),
        "the last point never seen": (
            "cdist(queries, train, p=p)",
            "cdist(queries, train[: max(len(train) - 1, 1)], p=p)",
        ),
        "the index for the label": (
            "return labels[np.argmin(cdist(queries, train, p=p), axis=1)]",
            "return np.argmin(cdist(queries, train, p=p), axis=1)",
        ),
        "the first feature left out": (
            "cdist(queries, train, p=p)",
            "cdist(queries[:, -2:], train[:, -2:], p=p)",
        ),
    },
}
