"""Subtle faults of parallel.py: the text to replace, and by what."""

FAULTS = {
    "reduce_scatter": {
        "the mean": ("input.sum(axis=0)", "input.mean(axis=0)"),
        "the last worker is not in the sum": (
            "input.sum(axis=0)",
            "input[: max(1, workers - 1)].sum(axis=0)",
        ),
        "the last part is as long as the others": (
            "y[:numbers] = input.sum(axis=0)",
            "y[:numbers] = input.sum(axis=0)\n"
            "    y[numbers:] = y[numbers - 1 : numbers]",
        ),
        "parts off by one worker": (
            "return y.reshape(workers, size)",
            "return np.roll(y.reshape(workers, size), 1, axis=0)",
        ),
        "nothing past 64 numbers": (
            "return y.reshape(workers, size)",
            "y[64:] = 0\n    return y.reshape(workers, size)",
        ),
    },
    "parameter_server_step": {
        "the mean over workers": (
            "total = gradients.sum(axis=0)",
            "total = gradients.mean(axis=0)",
        ),
        "only the last worker has the new weight": (
            "np.stack([new] * len(gradients))",
            "np.stack([weight] * (len(gradients) - 1) + [new])",
        ),
        "lr of 1 at most": ("weight - lr * total", "weight - min(lr, 1) * total"),
        "uphill": ("weight - lr * total", "weight + lr * total"),
        "the last of 33 workers left out": (
            "total = gradients.sum(axis=0)",
            "total = gradients[:32].sum(axis=0)",
        ),
    },
    "shard_gradients": {
        "divided by the whole batch": (
            "np.array([len(y) for _, y in shards])[:, None]",
            "len(target)",
        ),
        "all divided by the first shard's size": (
            "np.array([len(y) for _, y in shards])[:, None]",
            "len(shards[0][1])",
        ),
        "reduction ignored": ('    if reduction == "mean":\n', "    if reduction:\n"),
        "workers in another order": (
            "return gradients\n",
            "return gradients[::-1]\n",
        ),
        "the larger shards last": (
            "shards = list(zip(np.array_split(input, workers), "
            "np.array_split(target, workers)))",
            "cuts = [len(target) * r // workers for r in range(1, workers)]\n"
            "    shards = list(zip(np.split(input, cuts), np.split(target, cuts)))",
        ),
    },
    "data_parallel_gradient": {
        "the mean of means": (
            "part / len(target) if",
            "part / max(1, end - start) / workers if",
        ),
        "the sum of means": ("part / len(target) if", "part / max(1, end - start) if"),
        "as many examples of each worker": (
            "ends = np.cumsum(sizes)",
            "sizes = np.minimum(sizes, sizes[-1])\n    ends = np.cumsum(sizes)",
        ),
        "the sum is divided by workers": (
            'if reduction == "mean" else part\n',
            'if reduction == "mean" else part / workers\n',
        ),
        "the last worker is late": (
            "for start, end in zip(ends - sizes, ends):",
            "for start, end in zip((ends - sizes)[: max(1, workers - 1)], ends):",
        ),
    },
    "synchronous_sgd": {
        "lr times the workers": ("weight - lr * step", "weight - lr * workers * step"),
        "the mean over workers, too": (
            "step = step / len(ys) if",
            "step = step / len(ys) / workers if",
        ),
        "every later step is from where the first ended": (
            "        weight = (weight",
            "        start = path[0] if path else weight\n        weight = (start",
        ),
        "reduction ignored after the first step": (
            'if reduction == "mean" else step\n',
            'if reduction == "mean" and not path else step\n',
        ),
        "one part in 10^5 off": ("weight - lr * step", "weight - lr * 1.00001 * step"),
    },
    "row_parallel_linear": {
        "a bias from each worker": (
            "return y if bias is None else y + bias\n",
            "return y if bias is None else y + workers * bias\n",
        ),
        "the last worker's inputs left out": (
            "for part in columns:",
            "for part in columns[: max(1, workers - 1)]:",
        ),
        "equal parts, the rest left out": (
            "columns = np.array_split(np.arange(weight.shape[1]), workers)",
            "n = max(weight.shape[1] // workers, weight.shape[1] < workers)\n"
            "    whole = np.arange(min(n * workers, weight.shape[1]))\n"
            "    columns = np.array_split(whole, workers)",
        ),
        "no inputs past 32": (
            "for part in columns:",
            "for part in columns:\n        part = part[part < 32]",
        ),
        "a bias only for the first example": (
            "return y if bias is None else y + bias\n",
            "if bias is not None and y.size:\n"
            "        y.reshape(-1, len(weight))[0] += bias\n    return y\n",
        ),
    },
    "column_parallel_linear": {
        "every worker has the first bias": (
            "part + bias[rows]",
            "part + bias[: len(rows)]",
        ),
        "workers in another order": (
            "np.concatenate(parts, axis=-1)",
            "np.concatenate(parts[::-1], axis=-1)",
        ),
        "the last worker's bias left out if it has several outputs": (
            "part if bias is None else",
            "part if bias is None or len(weight) - 1 in rows[1:] else",
        ),
        "no outputs past 32": (
            "np.concatenate(parts, axis=-1)",
            "np.concatenate(parts, axis=-1) * (np.arange(len(weight)) < 32)",
        ),
        "rounded to bfloat16": (
            "part = input @ weight[rows].T",
            "part = input @ weight[rows].T\n        part = part.astype(np.float32)"
            ".view(np.uint32) & 0xFFFF0000\n        part = part.astype(np.uint32)"
            ".view(np.float32).astype(input.dtype)",
        ),
    },
}
