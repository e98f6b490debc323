"""Subtle faults of transformer.py: the text to replace, and by what."""

FAULTS = {
    "layer_norm": {
        "unbiased variance": (
            "variance = (centered**2).mean(axis=axes, keepdims=True)",
            "n = max(math.prod(normalized_shape) - 1, 1)\n"
            "    variance = (centered**2).sum(axis=axes, keepdims=True) / n",
        ),
        "eps outside the root": (
            "np.sqrt(variance + eps)",
            "(np.sqrt(variance) + eps)",
        ),
        "eps always the default": (
            "np.sqrt(variance + eps)",
            "np.sqrt(variance + 1e-5)",
        ),
        "the mean of squares, less the square of the mean": (
            "variance = (centered**2).mean(axis=axes, keepdims=True)",
            "mean = input.mean(axis=axes, keepdims=True)\n"
            "    variance = abs((input**2).mean(axis=axes, keepdims=True) - mean**2)",
        ),
        "the last axis alone": (
            "axes = tuple(range(-len(normalized_shape), 0))",
            "axes = (-1,)",
        ),
        "bias only beside a weight": (
            "    if bias is not None:\n        y = y + bias\n    return y",
            "    if bias is not None and weight is not None:\n"
            "        y = y + bias\n    return y",
        ),
        "one part in 10^5 off": ("y = centered /", "y = 1.00001 * centered /"),
        "last element wrong when the size is 1 modulo 32": (
            "    return y\n\n\ndef sinusoidal",
            "    n = math.prod(normalized_shape)\n"
            "    y.flat[-1:] *= 1 + (n % 32 == 1 and n > 1)\n"
            "    return y\n\n\ndef sinusoidal",
        ),
    },
    "sinusoidal_positional_encoding": {
        "rates by pairs, not by hiddens": (
            "2 * np.arange(pairs) / num_hiddens",
            "np.arange(pairs) / max(pairs, 1)",
        ),
        "cosines first": ("encoding[:, 0::2] = np.sin", "encoding[:, 0::2] = np.cos"),
        "sines, then cosines": (
            "return encoding[:, :num_hiddens]",
            "return np.concatenate([encoding[:, ::2], encoding[:, 1::2]], axis=1)"
            "[:, :num_hiddens]",
        ),
        "positions from 0": (
            "positions[:, None] / rates",
            "(positions - positions[0])[:, None] / rates",
        ),
        "rates of 1000": ("10000 **", "1000 **"),
    },
    "position_wise_ffn": {
        "gelu by tanh": (
            "erf = np.vectorize(math.erf)(h / math.sqrt(2)).astype(h.dtype)",
            "erf = np.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3))",
        ),
        "relu always": ('if activation == "gelu":', "if False:"),
        "the first bias after the activation": (
            "h = dense(input, weight1, bias1)",
            "h = dense(input, weight1, None)\n"
            "    bias2 = bias2 if bias1 is None else dense(bias1, weight2, bias2)",
        ),
        "hiddens past the 64th left out": (
            "return dense(h, weight2, bias2)",
            "return dense(h[..., :64], weight2[:, :64], bias2)",
        ),
        "negative outputs cut too": (
            "return dense(h, weight2, bias2)",
            "return np.maximum(dense(h, weight2, bias2), 0)",
        ),
    },
    "transformer_encoder_layer": {
        "norm_first ignored": (
            "    if norm_first:\n",
            "    if norm_first and False:\n",
        ),
        "norm_first adds what it normed": (
            "return x + sublayer(layer_norm(x, *norm, **options))",
            "x = layer_norm(x, *norm, **options)\n        return x + sublayer(x)",
        ),
        "one norm for both": (
            "(weights[8:10], weights[10:12])",
            "(weights[8:10], weights[8:10])",
        ),
        "masks of heads taken for those of the batch": (
            "hidden = hidden + mask.reshape(-1, heads, *mask.shape[-2:])",
            "three = mask.reshape(-1, heads, *mask.shape[-2:])\n"
            "        hidden = hidden + three[:, ::-1]",
        ),
        "padding ignored beside a mask": (
            "if padding is not None:",
            "if padding is not None and mask is None:",
        ),
        "scores by the model's size": (
            "q.dtype.type(math.sqrt(q.shape[3]))",
            "q.dtype.type(math.sqrt(q.shape[3] * nhead))",
        ),
        "eps of the default": (
            'options = {"normalized_shape": x.shape[2:], "eps": eps}',
            'options = {"normalized_shape": x.shape[2:], "eps": 1e-5}',
        ),
        "hidden rows are NaN": (
            "shares / np.where(total == 0, 1, total)",
            "shares / total",
        ),
    },
    "transformer_decoder_step": {
        "the cache not read": (
            "return attention(x, grown[-1], w[:4], own, nhead)",
            "return attention(x, x, w[:4], own[:, -x.shape[1] :], nhead)",
        ),
        "later tokens seen": (
            "later = np.triu(np.full((tgt.shape[1], tgt.shape[1]), -np.inf), 1)",
            "later = np.zeros((tgt.shape[1], tgt.shape[1]))",
        ),
        "causal from the first key": (
            "own = np.concatenate([past, later], axis=1).astype(tgt.dtype)",
            "own = np.concatenate([past, later], axis=1).astype(tgt.dtype)\n"
            "    if tgt.shape[1] > 1:\n"
            "        own = np.triu(np.full(own.shape, -np.inf), 1).astype(tgt.dtype)",
        ),
        "memory's padding seen": (
            "hidden = merged(None, memory_key_padding_mask, nhead, tgt.dtype)",
            "hidden = merged(None, None, nhead, tgt.dtype)",
        ),
        "all layers read the first one's cache": (
            "grown.append(np.concatenate([before, x], axis=1))",
            "grown.append(np.concatenate([cache[0], x], axis=1))",
        ),
        "what is cached is scaled in the last layer": (
            "return tgt, np.stack(grown)",
            "grown[-1] = grown[-1] * tgt.dtype.type(1.0001)\n"
            "    return tgt, np.stack(grown)",
        ),
        "no last norm with norm_first": (
            "if len(weights) % 18:",
            "if len(weights) % 18 and not norm_first:",
        ),
    },
}
