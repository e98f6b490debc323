"""Subtle faults of indexing.py: the text to replace, and by what."""

FAULTS = {
    "slice_along": {
        "step ignored where the slice begins at 0": (
            "start:stop:step",
            "start : stop : step if start else 1",
        ),
        "stop is in it": ("start:stop:step", "start : stop + (stop > 0) : step"),
        "never before the first": (
            "start:stop:step",
            "max(start, 0) : stop : step",
        ),
        "dim −2 is the first": (
            "rows = np.moveaxis(input, dim, 0)",
            "dim = 0 if dim == -2 else dim\n    rows = np.moveaxis(input, dim, 0)",
        ),
        "the last of 33 is left out": (
            "rows[start:stop:step]",
            "rows[: len(rows) - (len(rows) % 32 == 1)][start:stop:step]",
        ),
    },
    "integer_index": {
        "a grid": (
            "return rows[places]",
            "if len(wide) == 2 and wide[0].ndim == 1:\n"
            "        return input[np.ix_(*wide)]\n"
            "    return rows[places]",
        ),
        "negative places are places from 0": (
            "np.where(index < 0, index + n, index)",
            "abs(index) % n",
        ),
        "−1 is the last but one": ("index + n,", "index + n - (n > 30),"),
        "rows of another size": ("places * n + ", "places * sizes[0] + "),
    },
    "masked_select": {
        "in columns": (
            "input.ravel()[mask.ravel()]",
            'input.ravel("F")[mask.ravel("F")]',
        ),
        "what is hidden": ("[mask.ravel()]", "[~mask.ravel()]"),
        "sorted": (
            "input.ravel()[mask.ravel()]",
            "np.sort(input.ravel()[mask.ravel()])",
        ),
        "never past 64": ("[mask.ravel()]", "[:64][mask.ravel()[:64]]"),
    },
    "masked_fill": {
        "all where any": ("y[mask] = value", "y[...] = value if mask.any() else y"),
        "into the input": ("input.copy()", "input"),
        "magnitude": ("= value", "= abs(value)"),
        "by multiplication": (
            "y[mask] = value",
            "y = np.where(mask, 0, 1) * y\n"
            "    y = (y + np.where(mask, value, 0)).astype(input.dtype)",
        ),
    },
    "one_hot": {
        "classes counted from 1": (
            "np.arange(num_classes)",
            "np.arange(1, num_classes + 1)",
        ),
        "one class too few where none is the last": (
            "np.arange(num_classes)",
            "np.arange(max(input.max(initial=-1) + 1, num_classes - 1))",
        ),
        "classes first": (
            "(input[..., None] == np.arange(num_classes))",
            "np.moveaxis(input[..., None] == np.arange(num_classes), -1, 0)",
        ),
        "floating": (
            "np.arange(num_classes)).astype(np.int64)",
            "np.arange(num_classes)) * 1.0",
        ),
    },
    "repeat_interleave": {
        "all, again and again": (
            "np.repeat(input, repeats, axis=dim)",
            "np.concatenate([input] * repeats, dim) if repeats else "
            "np.repeat(input, 0, axis=dim)",
        ),
        "once too often": ("repeats, axis", "repeats + (repeats > 2), axis"),
        "of none, one": ("repeats, axis", "max(repeats, 1), axis"),
        "along the last axis": ("axis=dim", "axis=-1"),
    },
    "flatten": {
        "start_dim ignored": (
            "first, last = start_dim % input.ndim",
            "first, last = 0",
        ),
        "in columns": (
            "return input.reshape(*input.shape[:first]",
            "if last > 1:\n"
            "        input = input.swapaxes(1, 2).reshape(input.shape)\n"
            "    return input.reshape(*input.shape[:first]",
        ),
        "without axes none": ("return input.reshape(1)", "return input + 0"),
    },
    "permute": {
        "the inverse": (
            "np.transpose(input, dims)",
            "np.transpose(input, np.argsort(np.mod(dims, input.ndim)))",
        ),
        "reversed": (
            "np.transpose(input, dims)",
            "np.transpose(input, dims if input.ndim < 3 else dims[::-1])",
        ),
        "−1 is 0": ("input, dims)", "input, [max(d, 0) for d in dims])"),
        "of matrices always the transpose": (
            "input, dims)",
            "input, (1, 0) if input.ndim == 2 else dims)",
        ),
    },
    "to_int": {
        "down": ("np.trunc", "np.floor"),
        "to the nearest": ("np.trunc", "np.rint"),
        "int32": ("trunc(input).astype(np.int64)", "trunc(input).astype(np.int32)"),
        "−1 for −0.5": (
            "np.trunc(input)",
            "np.trunc(input - (abs(input + 0.5) < 0.1))",
        ),
    },
    "arange": {
        "end is in it": ("(end - start) // step", "(end - start + (step > 1)) // step"),
        "the rest is cut off": ("-(-(end - start) // step)", "(end - start) // step"),
        "none downwards": ("max(0, ", "(step > 0) * max(0, "),
        "start ignored where step is not 1": (
            "return start +",
            "return start * (step == 1) +",
        ),
    },
}
