"""Subtle faults of dropout.py: the text to replace, and by what."""

LAST = "return np.where(mask, input, 0) / input.dtype.type(1 - p)"

FAULTS = {
    "inverted_dropout": {
        "scaled by p": ("type(1 - p)", "type(p or 1)"),
        "scaled at test time": ("return input.copy()", "return input * (1 - p)"),
        "never switched off": ("if not training:", "if False:"),
        "not scaled": (" / input.dtype.type(1 - p)", ""),
        "the mask is of what is dropped": ("np.where(mask,", "np.where(~mask,"),
        "the mask used again after 16 numbers": (
            LAST,
            "mask = np.resize(mask.ravel()[:16], mask.shape)\n    " + LAST,
        ),
        "all kept where p is 1": ("return 0 * input", "return input.copy()"),
    },
}
