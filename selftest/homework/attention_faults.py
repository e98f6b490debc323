"""Subtle faults of attention.py: the text to replace, and by what."""

FAULTS = {
    "scaled_dot_product_attention": {
        "scale ignored with a mask": (
            "    if scale is None:",
            "    if scale is None or attn_mask is not None:",
        ),
        "scaled by the features, not their root": (
            "1 / np.sqrt(query.shape[-1])",
            "1 / query.shape[-1]",
        ),
        "causal from the last key": (
            "columns <= rows",
            "columns <= rows + max(0, scores.shape[-1] - scores.shape[-2])",
        ),
        "causal without the diagonal, but for the first": (
            "columns <= rows",
            "columns < np.maximum(rows, 1)",
        ),
        "heads shared in turn, not side by side": (
            "key = np.repeat(key, share, axis=-3)",
            "key = np.concatenate([key] * share, axis=-3)",
        ),
        "hidden rows average all values": (
            "weights / np.where(total == 0, 1, total)",
            "np.where(total == 0, query.dtype.type(1 / key.shape[-2]), "
            "weights / np.maximum(total, 1e-30))",
        ),
        "mask of numbers taken for a bool one": (
            "        if attn_mask.dtype == bool:\n            attn_mask =",
            "        if True:\n            attn_mask =",
        ),
        "last key lost when there are 1 modulo 32": (
            "    top = scores.max",
            "    if scores.shape[-1] % 32 == 1 and scores.shape[-1] > 1:\n"
            "        scores[..., -1] = -np.inf\n    top = scores.max",
        ),
        "queries past the 64th wrong": (
            "return weights @ value",
            "weights[..., 64:, :] *= 1.01\n    return weights @ value",
        ),
        "one part in 10^5 off": ("return weights @", "return 1.00001 * weights @"),
        "first sequence's values for all": (
            "return weights @ value",
            "return weights @ np.broadcast_to(value[:1], value.shape)",
        ),
    },
    "self_attention": {
        "keys and values exchanged": (
            "query, key, value = packed",
            "query, value, key = packed",
        ),
        "heads interleaved": (
            "packed.reshape(batch, length, 3, num_heads, embed // num_heads)\n"
            "    query, key, value = packed.transpose(2, 0, 3, 1, 4)",
            "packed.reshape(batch, length, 3, embed // num_heads, num_heads)\n"
            "    query, key, value = packed.transpose(2, 0, 4, 1, 3)",
        ),
        "padding ignored beside a mask": (
            "    if key_padding_mask is not None:",
            "    if key_padding_mask is not None and attn_mask is None:",
        ),
        "masks of heads in the wrong order": (
            "shown.reshape(batch, num_heads, length, length)",
            "shown.reshape(num_heads, batch, length, length).swapaxes(0, 1)",
        ),
        "scaled by all features": (
            "scale=None, enable_gqa=False",
            "scale=1 / np.sqrt(embed), enable_gqa=False",
        ),
        "bias of the output in heads only": (
            "output + out_proj_bias",
            "output + out_proj_bias * (num_heads > 1)",
        ),
    },
}
