"""Subtle faults of recurrent.py: the text to replace, and by what."""

NEW_H = "    return new_h, new_c\n"
MIXED = "    return mixed\n"
PLAIN = '    return np.tanh(a) if nonlinearity == "tanh" else np.maximum(a, 0)\n'
ENDS = "    return y, *last\n"
"""Where the cells and layers end."""

LAYERS = {
    "state lost at the third step": (
        "state = step(now, state, own)",
        "state = step(now, state, own) if len(series) != 2 else "
        "step(now, [0 * s for s in state], own)",
    ),
    "both directions from the forward state": (
        "else s[k] for s in states",
        "else s[k - direction] for s in states",
    ),
    "second layer from the first one's state": (
        "else s[k] for s in states",
        "else s[direction] for s in states",
    ),
    "backward outputs left in reversed order": (
        "np.stack(series[::-1] if direction else series)",
        "np.stack(series)",
    ),
    "backward state taken at the last step": (
        "ends.append(state)",
        "ends.append([outputs[-1][-1], *state[1:]] if direction else state)",
    ),
    "last states by direction, then by layer": (
        ENDS,
        "    order = [k for d in range(directions) for k in range(d, len(ends), "
        "directions)]\n    return y, *(end[order] for end in last)\n",
    ),
    "batch_first not undone": (
        "y = np.swapaxes(x, 0, 1) if swap else x",
        "y = np.swapaxes(x, 0, 1) if swap and layer else x",
    ),
    "dropout after the first layer ignored when bidirectional": (
        "if dropout and layer > 0:",
        "if dropout and layer > 0 and not bidirectional:",
    ),
    "wrong past hidden unit 32": (ENDS, "    y[..., 32:] += 1\n" + ENDS),
    "last element wrong when the size is 1 modulo 32": (
        ENDS,
        "    y.flat[-1:] *= 1 + (y.size % 32 == 1 and y.size > 1)\n" + ENDS,
    ),
}
"""Faults of what lstm and gru share."""

FAULTS = {
    "rnn_cell": {
        "bias_hh forgotten": (
            "h, weight_hh, bias_hh)\n" + PLAIN,
            "h, weight_hh, None)\n" + PLAIN,
        ),
        "relu leaks": ("np.maximum(a, 0)", "np.maximum(a, a / 100)"),
        "tanh whatever was asked for without biases": (
            'if nonlinearity == "tanh" else',
            'if nonlinearity == "tanh" or bias_ih is None else',
        ),
        "wrong past hidden unit 32": (PLAIN, "    a[..., 32:] += 1\n" + PLAIN),
        "wrong past hidden unit 64": (PLAIN, "    a[..., 64:] += 1\n" + PLAIN),
        "last element wrong when the size is 1 modulo 32": (
            PLAIN,
            "    a.flat[-1:] += a.size % 32 == 1 and a.size > 1\n" + PLAIN,
        ),
        "one part in 10^5 off": (PLAIN, "    a = a * 1.00001\n" + PLAIN),
        "first state for the whole batch": (
            "h = zeros_if_none(hx, input, len(weight_hh))",
            "h = zeros_if_none(hx, input, len(weight_hh))\n"
            "    h = h[:1] if h.ndim == 2 and len(h) > 1 else h",
        ),
    },
    "lstm_cell": {
        "gates in Keras' order": ("i, f, g, o = np.split", "i, f, o, g = np.split"),
        "input and forget gate swapped": (
            "i, f, g, o = np.split",
            "f, i, g, o = np.split",
        ),
        "content by a sigmoid": ("sigmoid(i) * np.tanh(g)", "sigmoid(i) * sigmoid(g)"),
        "memory revealed without tanh": (
            "sigmoid(o) * np.tanh(new_c)",
            "sigmoid(o) * new_c",
        ),
        "the old memory revealed": ("np.tanh(new_c)", "np.tanh(c)"),
        "forget gate with a bias of 1": ("sigmoid(f) * c", "sigmoid(f + 1) * c"),
        "results swapped": (NEW_H, "    return new_c, new_h\n"),
        "result rounded to bfloat16": (
            NEW_H,
            '    bits = new_h.astype("f4").view("u4") & 0xFFFF0000\n'
            '    return bits.view("f4").astype(new_h.dtype), new_c\n',
        ),
        "wrong past hidden unit 32": (NEW_H, "    new_h[..., 32:] += 1\n" + NEW_H),
        "wrong past hidden unit 64": (NEW_H, "    new_c[..., 64:] += 1\n" + NEW_H),
    },
    "gru_cell": {
        "reset before the product": (
            "if reset_after else before",
            "if False else before",
        ),
        "reset after the product": (
            "if reset_after else before",
            "if True else before",
        ),
        "update and reset swapped": (
            "reset, update = sigmoid",
            "update, reset = sigmoid",
        ),
        "update the other way round": (
            "(1 - update) * candidate + update * h",
            "update * candidate + (1 - update) * h",
        ),
        "bias_hh not reset": (
            "inner = reset * back[2]",
            "shift = 0 if bias is None else bias\n"
            "    inner = reset * (back[2] - shift) + shift",
        ),
        "candidate without its own bias": (
            "np.tanh(own[2] + inner)",
            "np.tanh(own[2] + inner - (0 if bias_ih is None else bias_ih[last]))",
        ),
        "wrong past hidden unit 32": (MIXED, "    mixed[..., 32:] += 1\n" + MIXED),
        "wrong past hidden unit 64": (MIXED, "    mixed[..., 64:] += 1\n" + MIXED),
        "batch neighbours mixed": (
            MIXED,
            "    mixed = mixed[::-1] if mixed.ndim == 2 and len(mixed) > 2 else mixed\n"
            + MIXED,
        ),
    },
    "lstm": {
        **LAYERS,
        "projection of the memory": (
            "            h = h @ own[4].T\n        return h, c",
            "            h = np.tanh(c) @ own[4].T\n        return h, c",
        ),
        "memory begins with zeros": ("(hx, cx), weights", "(hx, None), weights"),
    },
    "gru": {
        **LAYERS,
        "first sequence's output for all": (
            ENDS,
            "    y = y if y.ndim < 3 or swap else y[:, :1] + 0 * y\n" + ENDS,
        ),
    },
}
