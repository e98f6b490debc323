"""Subtle faults of evaluation.py: the text to replace, and by what."""

FAULTS = {
    "modified_precision": {
        "clipping forgotten": (
            "sum((have & most).values())",
            "sum(count for gram, count in have.items() if gram in most)",
        ),
        "the last n-gram left out": (
            "range(len(tokens) - n + 1)]",
            "range(len(tokens) - n)]",
        ),
        "counts of references added up": ("most |= Counter", "most += Counter"),
        "padding counted as tokens": (
            "candidates[b, :length], n",
            "candidates[b, : length + length % 2], n",
        ),
        "repeated n-grams counted once": (
            "counts.append(sum(have.values()))",
            "counts.append(len(have))",
        ),
        "wrong past token 64": (
            "have = Counter(grams(candidates[b, :length], n))",
            "have = Counter(grams(candidates[b, : min(length, 64)], n))",
        ),
        "neighbour's references": ("zip(references[b],", "zip(references[b - 1],"),
    },
    "brevity_penalty": {
        "inverted": (
            "np.minimum(0, 1 - share)) * (",
            "np.minimum(0, share - 1)) * (",
        ),
        "a penalty for long candidates": (
            "np.minimum(0, 1 - share)",
            "-abs(1 - share)",
        ),
        "1 of empty candidates": (
            "* (candidate_lens > 0)\n",
            "** (candidate_lens > 0)\n",
        ),
        "base 2": ("np.exp(np.minimum(0, 1 - share))", "2 ** np.minimum(0, 1 - share)"),
        "one part in 10^5 off": ("penalty = np.exp", "penalty = 1.00001 * np.exp"),
    },
    "bleu": {
        "inverted penalty": (
            "min(0, 1 - r / c)) if c",
            "min(0, 1 - c / r)) if c and r",
        ),
        "penalty for one token less only": (
            "score = np.exp(min(0, 1 - r / c)) if c",
            "score = np.exp(min(0, 1 - r / c)) if c - r else 1.0 if c",
        ),
        "orders off by one": (
            "enumerate(weights, start=1):\n        parts",
            "enumerate(weights, start=0 + (len(weights) > 3)):\n        n += n == 0\n"
            "        parts",
        ),
        "zero precisions skipped": (
            "score *= p ** float(weight)",
            "score *= p ** float(weight) if p else 1.0",
        ),
        "absent orders taken for 1": (
            "if counts[0] else 0.0\n        score",
            "if counts[0] else 1.0\n        score",
        ),
        "weights divided by their sum": (
            "p ** float(weight)",
            "p ** float(weight / weights.sum())",
        ),
    },
    "corpus_bleu": {
        "longer of two that are as close": (
            "min(sorted(lens), key",
            "min(sorted(lens)[::-1], key",
        ),
        "smoothing of tokens, too": ('"add-k" and n > 1', '"add-k"'),
        "exp does not halve again": ("share /= 2", "share = 0.5"),
        "floor of add-k's value only": (
            'smooth_method == "floor":\n            m = smooth_value',
            'smooth_method == "floor":\n            m = max(smooth_value, 0.5)',
        ),
        "logarithms of base 10": ("np.log(m / k)", "np.log10(m / k)"),
        "weights not shared out": (
            'if absent_orders == "reweigh"',
            'if absent_orders == "reweighed"',
        ),
        "average taken for closest": (
            'min(lens) if reference_length == "shortest" else np.mean(lens)',
            "min(lens)",
        ),
        "penalty of the last sentence": (
            "r += min(sorted(lens)",
            "r = min(sorted(lens)",
        ),
    },
    "cls_eval": {
        "the last of equals": (
            "cls_preds.argmax(-1)",
            "(cls_preds.shape[-1] - 1 - cls_preds[..., ::-1].argmax(-1))",
        ),
        "no class past 64": ("cls_preds.argmax(-1)", "cls_preds[..., :64].argmax(-1)"),
        "a share": (".argmax(-1) == cls_labels)", ".argmax(-1) == cls_labels) / 1"),
        "first class left out": (
            "(cls_preds.argmax(-1) == cls_labels)",
            "((cls_preds.argmax(-1) == cls_labels) & (cls_labels > 0))",
        ),
        "last position left out when there are 1 modulo 32": (
            "np.sum(cls_preds.argmax(-1) == cls_labels)",
            "np.sum((cls_preds.argmax(-1) == cls_labels).flat[: cls_labels.size"
            " - (cls_labels.size % 32 == 1 and cls_labels.size > 1)])",
        ),
    },
    "bbox_eval": {
        "a mean": (
            "np.abs((bbox_labels - bbox_preds) * bbox_masks).sum()",
            "np.abs((bbox_labels - bbox_preds) * bbox_masks).mean()",
        ),
        "mask ignored": (") * bbox_masks)", "))"),
        "squared": (
            "np.abs((bbox_labels - bbox_preds) * bbox_masks).sum()",
            "(((bbox_labels - bbox_preds) * bbox_masks) ** 2).sum()",
        ),
        "no absolute value": ("np.abs((bbox_labels", "((bbox_labels"),
        "wrong past element 64": (
            "np.abs((bbox_labels - bbox_preds) * bbox_masks).sum()",
            "np.abs((bbox_labels - bbox_preds) * bbox_masks).flat[:64].sum()",
        ),
        "one part in 10^5 off": (
            "return np.abs((bbox",
            "return bbox_preds.dtype.type(1.00001) * np.abs((bbox",
        ),
    },
}
