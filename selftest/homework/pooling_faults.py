"""Subtle faults of pooling.py: the text to replace, and by what."""

MAXIMA = "return (y, best) if return_indices else y\n"
MEANS = "return (total / count).astype(input.dtype)\n"
"""Where max_pool2d and avg_pool2d end."""

FAULTS = {
    "max_pool2d": {
        "padding of zeros": ("*options, -np.inf)", "*options, 0)"),
        "the last of equal maxima": ("(seen > y)", "(seen >= y)"),
        "NaN passed over": ("| np.isnan(seen) ", ""),
        "a last window too many": (
            "if (places - 1) * s >= n + p:",
            "if (places - 1) * s >= n + 2 * p:",
        ),
        "dilation left out of the size": (
            "n + 2 * p - d * (k - 1) - 1",
            "n + 2 * p - (k - 1) - 1 - (d - 1) * (k > 2) * (k - 1)",
        ),
        "ceil_mode ignored when padded": (
            "(-(-room // s) if ceil_mode else",
            "(-(-room // s) if ceil_mode and not p else",
        ),
        "last element wrong when the size is 1 modulo 32": (
            MAXIMA,
            "y.flat[-1:] += y.size % 32 == 1 and y.size > 1\n    " + MAXIMA,
        ),
        "wrong past channel 32": (
            MAXIMA,
            "y[..., 32:, :, :] += y.ndim > 2\n    " + MAXIMA,
        ),
        "wrong past column 64": (MAXIMA, "y[..., 64:] += 1\n    " + MAXIMA),
        "indices of the padded image": (
            "numbers = np.arange(h * w).reshape(1, h, w)",
            "rows = (w + padding[1]) * np.arange(h)\n"
            "    numbers = np.add.outer(rows, np.arange(w))[None]",
        ),
    },
    "avg_pool2d": {
        "padding always counted": ("if count_include_pad:", "if True:"),
        "padding counted unless both sides are padded": (
            "if count_include_pad:",
            "if count_include_pad or not ph * pw:",
        ),
        "overhang counted": (
            "count = divisor_override\n",
            "count = divisor_override\n"
            "    elif count_include_pad:\n"
            "        count = kernel_size[0] * kernel_size[1]\n",
        ),
        "divisor_override left out if padding is not counted": (
            "if divisor_override is not None:",
            "if divisor_override is not None and count_include_pad:",
        ),
        "one part in 10^5 off": (MEANS, "total = total * 1.00001\n    " + MEANS),
        "last element wrong when the size is 1 modulo 32": (
            MEANS,
            "total.flat[-1:] *= 1 + (total.size % 32 == 1)\n    " + MEANS,
        ),
        "first image's result for all": (
            MEANS,
            "total[1:] = total[:1] if total.ndim > 3 else total[1:]\n    " + MEANS,
        ),
    },
    "adaptive_avg_pool2d": {
        "bins that do not overlap": (
            "-(-(i + 1) * h // rows)",
            "max((i + 1) * h // rows, top + 1) if (top := i * h // rows) + 1 else 0",
        ),
        "bins of one width": (
            "j * w // columns, -(-(j + 1) * w // columns)",
            "j * w // columns, j * w // columns + -(-w // columns)",
        ),
        "None taken for 1": ("(n if o is None else o", "(1 if o is None else o"),
        "wrong past channel 32": (
            "    return y\n\n\ndef roi_pool",
            "    y[..., 32:, :, :] *= 1 + (y.ndim > 3)\n    return y\n\n\ndef roi_pool",
        ),
        "wrong past column 64": (
            "    return y\n\n\ndef roi_pool",
            "    y[..., 64:] *= 2\n    return y\n\n\ndef roi_pool",
        ),
    },
    "roi_pool": {
        "edges exclusive": ("max(y2 - y1 + 1, 1)", "max(y2 - y1, 1)"),
        "halves rounded to even": (
            "(np.sign(scaled) * np.floor(abs(scaled) + 0.5))",
            "np.round(scaled)",
        ),
        "scale left out": ("np.array(corners) * spatial_scale", "np.array(corners)"),
        "columns and rows exchanged": (
            "x1, y1, x2, y2 = (np.sign",
            "y1, x1, y2, x2 = (np.sign",
        ),
        "first image's boxes for all": ("input[int(n), :,", "input[0, :,"),
        "a bin without pixels is minus infinity": (
            "y[k, :, i, j] = seen.max((-2, -1))",
            "y[k, :, i, j] = seen.max((-2, -1))\n"
            "                else:\n"
            "                    y[k, :, i, j] = -np.inf",
        ),
    },
}
