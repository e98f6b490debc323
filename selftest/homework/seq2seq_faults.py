"""Subtle faults of seq2seq.py: the text to replace, and by what."""

STATE = "    state = np.stack(ends)\n"
LOGITS = "    y = np.stack(logits, axis=1)\n"
ATTENTION = "    attention = np.stack(rows, axis=1)\n"
LOSSES = "    losses = np.where(counts, -rows[..., 0], input.dtype.type(0))\n"
LENS = "    lens = np.array([min(len(s) + 1, num_steps) for s in sequences])\n"
"""Where the parts end."""

FAULTS = {
    "seq2seq_encoder": {
        "the state after the padding": (
            "h = np.where(runs, step(x[t], h, *own), h)",
            "h = step(x[t], h, *own)",
        ),
        "outputs of the padding": ("y[t] = np.where(runs, h, 0)", "y[t] = h"),
        "the last token is not read": (
            "lens = np.full(batch, time) if valid_lens is None else valid_lens",
            "lens = np.full(batch, time) if valid_lens is None else "
            "np.maximum(valid_lens - 1, 1)",
        ),
        "backwards from the first sequence's end": (
            "runs = (t < lens)[:, None]",
            "runs = (t < (lens[:1] if direction else lens))[:, None]",
        ),
        "the first layer's weights for all": (
            "own = weights[4 * len(ends) : 4 * len(ends) + 4]",
            "own = weights[4 * len(ends) : 4 * len(ends) + 4]\n"
            "            if len(ends) > bidirectional:\n"
            "                own = own[0], *weights[1:4]",
        ),
        "last states by direction, then by layer": (
            STATE,
            "    directions = range(1 + bidirectional)\n"
            "    order = [k for d in directions for k in range(d, len(ends), "
            "1 + bidirectional)]\n    state = np.stack([ends[k] for k in order])\n",
        ),
        "wrong past step 32": (STATE, "    x[32:] += 1\n" + STATE),
        "wrong past hidden unit 32": (STATE, STATE + "    state[..., 32:] += 1\n"),
    },
    "seq2seq_decoder": {
        "the context before the token": ("[x, context]", "[context, x]"),
        "the decoder's state for the context": (
            "        h, state = all_layers(x, state, weights)\n"
            "        logits.append(h @ weight.T + bias)\n    y = ",
            "        h, state = all_layers(x, state, weights)\n"
            "        if context is not None and context.shape == h.shape:\n"
            "            context = h\n"
            "        logits.append(h @ weight.T + bias)\n    y = ",
        ),
        "the context of the batch's first sequence": (
            "x = np.concatenate([x, context], axis=1)",
            "x = np.concatenate([x, context[:1] + 0 * context], axis=1)",
        ),
        "wrong past word 64": (LOGITS, LOGITS + "    y[..., 64:] += 1\n"),
        "the last word wrong if there are 1 modulo 32": (
            LOGITS,
            LOGITS + "    y[..., -1] *= 1 + (y.shape[-1] % 32 == 1)\n",
        ),
        "one part in 10^5 off": (
            LOGITS,
            LOGITS + "    y *= y.dtype.type(1.00001)\n",
        ),
        "the first layer's state given back for all": (
            LOGITS,
            LOGITS + "    state = state[:1].repeat(len(state), axis=0)\n",
        ),
    },
    "bahdanau_decoder": {
        "the first layer's state for query": (
            "query = state[-1] @ w_q.T",
            "query = state[0] @ w_q.T",
        ),
        "the query of the first step": (
            "query = state[-1] @ w_q.T",
            "query = hx[-1] @ w_q.T",
        ),
        "the token before the context": (
            "[context, embeddings[token]]",
            "[embeddings[token], context]",
        ),
        "a step too much": (
            "shown = np.arange(keys) < lens[:, None]",
            "shown = np.arange(keys) <= lens[:, None]",
        ),
        "masked after softmax alone": (
            "np.where(shown | ~shown.any(1, keepdims=True), scores, low)",
            "scores",
        ),
        "no keys: all alike": (
            "a = softmax(scores, axis=1) * shown",
            "a = softmax(scores, axis=1)",
        ),
        "weights of the last step for all": (
            ATTENTION,
            ATTENTION + "    attention = attention[:, -1:] + 0 * attention\n",
        ),
        "wrong past key 32": (ATTENTION, ATTENTION + "    attention[..., 32:] = 0\n"),
    },
    "masked_cross_entropy": {
        "the mean over padding, too": ("counts.sum()) if", "counts.size) if"),
        "steps that count for the time": (
            "/ input.dtype.type(target.shape[1])",
            "/ np.maximum(counts.sum(axis=1), 1).astype(input.dtype)",
        ),
        "lengths of the batch's first": ("valid_lens[:, None]", "valid_lens[:1, None]"),
        "a step too much": ("< valid_lens[:, None]", "<= valid_lens[:, None]"),
        "nothing past step 32": (LOSSES, LOSSES + "    losses[:, 32:] = 0\n"),
        "classes past 32 left out": (
            "log_softmax(input, axis=-1)",
            "input - input[..., :32].max(-1, keepdims=True) - np.log(np.exp(input"
            "[..., :32] - input[..., :32].max(-1, keepdims=True)).sum(-1, "
            "keepdims=True))",
        ),
        "0 where nothing counts": ("total * np.nan", "total"),
    },
    "build_array_nmt": {
        "eos is kept when the rest is cut off": (
            "        y[n, : len(ended)] = ended\n",
            "        y[n, : len(ended)] = ended\n"
            "        y[n, len(ended) - 1 : len(ended)] = eos\n",
        ),
        "length without eos": ("min(len(s) + 1, num_steps)", "min(len(s), num_steps)"),
        "length not cut off": ("min(len(s) + 1, num_steps)", "len(s) + 1"),
        "what is no padding counted": (
            LENS,
            "    lens = (y != padding).sum(axis=1)\n",
        ),
        "wrong past step 32": (LENS, "    y[:, 32:] = padding\n" + LENS),
        "the first sentence's length for all": (
            LENS,
            LENS + "    lens = lens[:1] + 0 * lens\n",
        ),
    },
}
