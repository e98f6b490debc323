"""Subtle faults of activations.py: the text to replace, and by what."""

LEAKY = "return np.where(input > 0, input, slope * input)"
PRELU = "return np.where(input > 0, input, slopes * input)"
ELU = "return np.where(input > 0, input, input.dtype.type(alpha) * low)"

FAULTS = {
    "leaky_relu": {
        "the slope is the default": ("type(negative_slope)", "type(0.01)"),
        "a maximum": (LEAKY, "return np.maximum(input, slope * input)"),
        "one part in 10^5 off": (LEAKY, f"input = 1.00001 * input\n    {LEAKY}"),
        "NaN turned to 0": (LEAKY, f"input = np.nan_to_num(input)\n    {LEAKY}"),
        "wrong past element 64": (
            LEAKY,
            f"input = input.copy()\n    input.reshape(-1)[64:] *= 1.01\n    {LEAKY}",
        ),
    },
    "prelu": {
        "the first slope for all": ("weight.reshape(", "weight[:1].reshape("),
        "a maximum": (PRELU, "return np.maximum(input, slopes * input)"),
        "the last axis is the channels'": (
            "(-1,) + (1,) * max(input.ndim - 2, 0)",
            "-1 if input.shape[-1] == weight.size else"
            " (-1,) + (1,) * max(input.ndim - 2, 0)",
        ),
        "the last channel of 33 as the one before": (
            "slopes = weight.reshape(",
            "weight = np.append(weight[:-1], weight[-2:][:1])"
            " if weight.size == 33 else weight\n    slopes = weight.reshape(",
        ),
        "slopes not above 1": ("slopes * input)", "np.minimum(slopes, 1) * input)"),
    },
    "elu": {
        "exp less 1": (
            "np.expm1(np.minimum(input, 0))",
            "np.exp(np.minimum(input, 0)) - input.dtype.type(1)",
        ),
        "alpha ignored": ("type(alpha)", "type(1)"),
        "alpha in the exponent too": (
            "np.minimum(input, 0)",
            "np.minimum(input, 0) / input.dtype.type(alpha or 1)",
        ),
        "the size of alpha": ("type(alpha)", "type(abs(alpha))"),
        "NaN turned to 0": (ELU, f"input = np.nan_to_num(input)\n    {ELU}"),
        "last element wrong when the size is 1 modulo 32": (
            ELU,
            "if input.size % 32 == 1 and input.size > 1:\n"
            f"        low.reshape(-1)[-1] = 0\n    {ELU}",
        ),
    },
}
