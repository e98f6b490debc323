"""Subtle faults of convolution.py: the text to replace, and by what."""

END = "return y\n"
"""Where conv2d ends."""

FAULTS = {
    "conv2d": {
        "kernel flipped": ("weight[o, :, p, q]", "weight[o, :, -1 - p, -1 - q]"),
        "dilation ignored when stride > 1": (
            "rows = (h",
            "dh, dw = (dh, dw) if sh == 1 else (1, 1)\n    rows = (h",
        ),
        "dilation ignored in the taps when stride > 1": (
            "p * dh :, q * dw :",
            "p * (1 if sh > 1 else dh) :, q * dw :",
        ),
        "padding on one side": ("(ph, ph), (pw, pw)", "(2 * ph, 0), (2 * pw, 0)"),
        "groups mixed": (
            "o // (filters // groups) * channels",
            "o % groups * channels",
        ),
        "bias added twice at one border": (
            "y += bias[:, None, None]",
            "y += bias[:, None, None]; y[..., -1] += bias[:, None]",
        ),
        "wrong past element 64": (
            END,
            "y.flat[64:] *= 1.5\n    " + END,
        ),
        "last element wrong when the size is 1 modulo 32": (
            END,
            "y.flat[-1] += y.size % 32 == 1\n    " + END,
        ),
        "last column wrong when the width is 1 modulo 32": (
            END,
            "y[..., -1] += columns % 32 == 1 and columns > 1\n    " + END,
        ),
        "last channel lost when there are 1 modulo 32": (
            "np.einsum(",
            "(0.5 if channels > 1 and channels % 32 == 1 else 1) * np.einsum(",
        ),
        "one part in 10^5 off": (
            "y = np.zeros",
            "weight = weight * 1.00001\n    y = np.zeros",
        ),
        "result rounded to bfloat16": (
            END,
            "return (y.astype(np.float32).view(np.int32) & -65536)"
            ".view(np.float32).astype(y.dtype)\n",
        ),
        "NaN turned to 0": ("x = np.pad(input", "x = np.pad(np.nan_to_num(input)"),
        "first image's result for all": (
            END,
            "y[1:] = y[:1]\n    " + END,
        ),
        "result of another dtype": (
            END,
            "return y.astype(np.longdouble)\n",
        ),
    },
}
