"""Subtle faults of classification.py: the text to replace, and by what."""

FAULTS = {
    "softmax": {
        "without the shift": (
            "e = np.exp(shifted)\n    return",
            "e = np.exp(input)\n    return",
        ),
        "the last axis always": (
            "e / e.sum(axis=dim, keepdims=True)",
            "e / e.sum(axis=-1, keepdims=True)",
        ),
        "one part in 10^5 off": ("return e /", "return 1.00001 * e /"),
        "NaN turned to 0": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "return np.nan_to_num(e / e.sum(axis=dim, keepdims=True))",
        ),
        "small probabilities flushed": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    return np.where(y < 1e-8, 0, y).astype(y.dtype)",
        ),
        "wrong past element 64": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    y.flat[64:] *= 1.01\n    return y",
        ),
        "last element wrong when the size is 1 modulo 32": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    y.flat[-1:] *= 1 + (y.size % 32 == 1 and y.size > 1)\n    return y",
        ),
    },
    "log_softmax": {
        "logarithm of the softmax": (
            "return shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True))",
            "return np.log(softmax(input, dim=dim))",
        ),
        "without the shift": ("np.log(np.exp(shifted)", "np.log(np.exp(input)"),
    },
    "cross_entropy": {
        "ignore_index counted in the mean": (
            "(share * weight).sum(axis=-1)[kept].sum()",
            "(share * weight).sum(axis=-1).sum()",
        ),
        "label smoothing by K - 1": (
            "label_smoothing / classes",
            "label_smoothing / max(classes - 1, 1)",
        ),
        "weights left out of the mean": (
            "(share * weight).sum(axis=-1)[kept].sum()",
            "share.sum(axis=-1)[kept].sum()",
        ),
        "ignore_index -100 whatever is asked": (
            "kept = target != ignore_index",
            "kept = target != -100",
        ),
        "mean taken as sum over the batch": (
            "else (share * weight).sum(axis=-1)[kept].sum()",
            "else (share * weight).sum(axis=-1)[kept].sum() / kept[:1].size",
        ),
    },
}
