"""Subtle faults of bert.py: the text to replace, and by what."""

FAULTS = {
    "get_tokens_and_segments": {
        "an empty second sentence is none": (
            "if tokens_b is not None:",
            "if tokens_b is not None and len(tokens_b):",
        ),
        "the first sep is of the second segment": (
            "[0] * (len(tokens_a) + 2)",
            "[0] * (len(tokens_a) + 1) + [int(tokens_b is not None)]",
        ),
        "no sep at the end": (
            "tokens += [*tokens_b, sep]",
            "tokens += [sep, *tokens_b]",
        ),
        "cut at 64 tokens": (
            "tokens = [cls, *tokens_a, sep]",
            "tokens = [cls, *tokens_a[:64], *[0] * len(tokens_a[64:]), sep]",
        ),
        "cls in place of sep": ("*tokens_a, sep]", "*tokens_a, cls]"),
    },
    "bert_embedding": {
        "no position past 32": (
            "x = x + pos_embedding[:, : tokens.shape[1]]",
            "x[:, :32] += pos_embedding[:, : min(32, tokens.shape[1])]",
        ),
        "the last positions": (
            "pos_embedding[:, : tokens.shape[1]]",
            "pos_embedding[:, pos_embedding.shape[1] - tokens.shape[1] :]",
        ),
        "segments of the batch's first": (
            "segment_weight[segments]",
            "segment_weight[np.broadcast_to(segments[:1], tokens.shape)]",
        ),
        "eps always the default": (
            "normed(x, norm_weight, norm_bias, eps)\n    return x",
            "normed(x, norm_weight, norm_bias, 1e-12)\n    return x",
        ),
        "the norm before positions": (
            "    if norm_weight is not None:\n"
            "        x = normed(x, norm_weight, norm_bias, eps)",
            "    if norm_weight is not None:\n"
            "        p = pos_embedding[:, : tokens.shape[1]]\n"
            "        x = normed(x - p, norm_weight, norm_bias, eps) + p",
        ),
        "one part in 10^5 off": (
            "x = token_weight[tokens] +",
            "x = 1.00001 * token_weight[tokens] +",
        ),
    },
    "select_mlm_positions": {
        "marks count": (
            "order = order[candidates[n, order]]\n"
            "        chosen[n, order[: counts[n]]] = True",
            "order = order[: counts[n]]\n"
            "        chosen[n, order[candidates[n, order]]] = True",
        ),
        "the last of equals": (
            'np.argsort(row, kind="stable")',
            'np.argsort(row[::-1], kind="stable")\n'
            "        order = len(row) - 1 - order",
        ),
        "as many as of the first sequence": (
            "order[: counts[n]]",
            "order[: counts[0]]",
        ),
        "one at least": ("order[: counts[n]]", "order[: max(counts[n], 1)]"),
        "the greatest": ("np.argsort(row,", "np.argsort(-row,"),
    },
    "mask_tokens": {
        "the shares' default": (
            "hidden = selected & (uniforms < mask_share)",
            "hidden = selected & (uniforms < 0.8)",
        ),
        "a border hides": ("(uniforms < mask_share)\n", "(uniforms <= mask_share)\n"),
        "a border changes": (
            "(uniforms < mask_share + random_share)",
            "(uniforms <= mask_share + random_share)",
        ),
        "a share of the rest": (
            "mask_share + random_share)",
            "mask_share + (1 - mask_share) * random_share)",
        ),
        "labels only where something changed": (
            "np.where(selected, tokens",
            "np.where(hidden | other, tokens",
        ),
        "labels are what is seen": (
            "np.where(selected, tokens",
            "np.where(selected, inputs",
        ),
        "others are ignored by -100": (
            "np.where(selected, tokens, ignore_index)",
            "np.where(selected, tokens, -100)",
        ),
        "tokens past 64 are left alone": (
            "    hidden = selected",
            "    selected = selected.copy()\n"
            "    selected[..., 64:] = False\n"
            "    hidden = selected",
        ),
    },
    "mask_lm": {
        "positions of the first sequence": (
            "input[rows, pred_positions]",
            "input[rows, np.broadcast_to(pred_positions[:1], pred_positions.shape)]",
        ),
        "tokens of the first sequence": (
            "rows = np.arange(len(input))[:, None]",
            "rows = np.zeros((len(input), 1), int)",
        ),
        "relu whatever is asked for": ('activation == "gelu"', 'activation == "none"'),
        "gelu by the logistic function": (
            "h = h * (1 + erf) / 2",
            "h = h * (1 + erf) / 2 if h.size > 99 else h / (1 + np.exp(-1.702 * h))",
        ),
        "eps of the default": (
            "normed(h, norm_weight, norm_bias, eps)",
            "normed(h, norm_weight, norm_bias, 1e-5)",
        ),
        "the norm before relu": (
            "        h = np.maximum(h, 0)\n"
            "    return normed(h, norm_weight, norm_bias, eps) @",
            "        h = normed(h, norm_weight, norm_bias, eps)\n"
            "        return np.maximum(h, 0) @ weight2.T + bias2\n"
            "    return normed(h, norm_weight, norm_bias, eps) @",
        ),
        "words past 32 have no bias": (
            "weight2.T + bias2",
            "weight2.T + np.where(np.arange(len(bias2)) < 32, bias2, 0)",
        ),
    },
    "mlm_loss": {
        "the mean over all": ("(mask.sum() + eps)", "(mask.size + eps)"),
        "eps ignored": ("(mask.sum() + eps)", "mask.sum()"),
        "the mean of the sequences' means": (
            "return (total / (mask.sum() + eps))",
            "counts = np.maximum(mask.sum(1), 1)\n"
            "    sums = np.where(mask, losses, 0).sum(1) / counts\n"
            "    total = sums.mean() * mask.sum()\n"
            "    return (total / (mask.sum() + eps))",
        ),
        "what fills up counts if its label is not 0": (
            "np.where(mask, losses, 0)",
            "np.where(mask | (target > 0), losses, 0)",
        ),
        "no shift": (
            "z = input - input.max(axis=-1, keepdims=True)",
            "z = input.copy()",
        ),
        "the last word left out of 33": (
            "np.exp(z).sum(axis=-1, keepdims=True)",
            "np.exp(z[..., : 32 if z.shape[-1] == 33 else None])"
            ".sum(axis=-1, keepdims=True)",
        ),
        "one part in 10^5 off": ("(total / (", "(1.00001 * total / ("),
    },
    "best_span": {
        "the end before the beginning": ("in range(i, min(", "in range(0, min("),
        "the last of equals": ("score > best:", "score >= best:"),
        "one token too long": ("i + max_answer_length", "i + max_answer_length + 1"),
        "only the beginning is outside the question": (
            "if mask[n, j] and score",
            "if score",
        ),
        "an end past 32 is not found": (
            "min(last, length)",
            "max(min(last, length, 32), i + 1)",
        ),
        "the mask of the first sequence": (
            "np.flatnonzero(mask[n])",
            "np.flatnonzero(mask[0] & mask[n] if mask[0, mask[n]].any() else mask[n])",
        ),
        "the mean of both scores": (
            "scores[n] = best\n",
            "scores[n] = best / 2\n",
        ),
    },
}
