"""Subtle faults of masks.py: the text to replace, and by what."""

FAULTS = {
    "sequence_mask": {
        "one step too many": ("< valid_lens", "<= valid_lens"),
        "lengths of one axis only": ("valid_lens[..., None]", "valid_lens[:1, None]"),
    },
    "masked_mean": {
        "divided by all": (
            "mask.sum(axis=dim).astype(input.dtype)",
            "input.dtype.type(input.shape[dim])",
        ),
        "hidden NaN let through": ("np.where(mask, input, 0)", "(mask * input)"),
        "the mean of nothing is 0": (
            "return total / count",
            "return total / np.maximum(count, 1)",
        ),
    },
    "masked_max": {
        "the notes' small constant": (
            "return np.where(mask, input, -np.inf).max",
            "return (input - ~mask * input.dtype.type(1e-10)).max",
        ),
        "0 for what is hidden": (
            "return np.where(mask, input, -np.inf).max",
            "return np.where(mask, input, 0).max",
        ),
    },
    "masked_softmax": {
        "the last axis always": (
            "total = powers.sum(axis=dim",
            "total = powers.sum(axis=-1",
        ),
        "a constant that can be defeated": (
            "filled = np.where(mask, input, -np.inf)",
            "filled = np.where(mask, input, input.dtype.type(-10))",
        ),
        "uniform where all is hidden": (
            "return powers / np.where(total == 0, 1, total)",
            "powers = powers + (total == 0)\n"
            "    return powers / powers.sum(axis=dim, keepdims=True)",
        ),
        "one part in 10^5 off": ("return powers /", "return 1.00001 * powers /"),
        "wrong past the 64th": (
            "    total = powers.sum",
            "    powers.flat[64:] *= 1.01\n    total = powers.sum",
        ),
    },
    "embedding_bag": {
        "padding counted in the mean": (
            "weight.dtype.type(len(rows))",
            "weight.dtype.type(end - start)",
        ),
        "a negative padding_idx ignored": (
            "input != padding_idx % len(weight)",
            "input != padding_idx",
        ),
        "the last bag lost its last id": (
            "ends.append(len(input))",
            "ends.append(max(len(input) - 1, offsets[-1]))",
        ),
        "the largest from 0 up": ("rows.max(axis=0)", "rows.max(axis=0, initial=0)"),
        "weights of other ids": (
            "per_sample_weights[start:end, None]",
            "per_sample_weights[: end - start, None]",
        ),
        "the last offset taken for a bag": (
            "if not include_last_offset:",
            "if not include_last_offset or len(offsets) == 2:",
        ),
    },
}
