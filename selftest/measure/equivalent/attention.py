"""Equivalent mutants of attention, and of the masks and tables that it looks at."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.attention.multi_head._merged",
        "attn_mask.reshape(-1, heads if attn_mask.ndim == 3 else 1, queries, keys)",
        "it has two axes or three",
        "attn_mask.reshape(-1, heads if attn_mask.ndim >= 3 else 1, queries, keys)",
    ),
    **each(
        "reference.attention.multi_head._merged",
        "if all(mask.dtype == bool for mask in masks):",
        "masks that are not joined by and are numbers to add, which hide the same",
        "if all(mask.dtype < bool for mask in masks):",
        "if all(mask.dtype is bool for mask in masks):",
    ),
    **each(
        "reference.attention.multi_head._scores",
        "return np.where(mask, 0, -np.inf).astype(dtype) if mask.dtype == bool "
        "else mask",
        "no other dtype can be cast to bool, which is what <= asks of dtypes",
        "return np.where(mask, 0, -np.inf).astype(dtype) if mask.dtype <= bool "
        "else mask",
    ),
    **each(
        "reference.attention.scaled_dot_product._seen",
        "if mask.dtype == bool:",
        "no other dtype can be cast to bool, which is what <= asks of dtypes",
        "if mask.dtype <= bool:",
    ),
    **each(
        "reference.attention.scaled_dot_product._shared",
        "return np.repeat(array, heads // shared, axis=-3)",
        "shared divides heads, and NumPy takes a whole number of either kind",
        "return np.repeat(array, heads / shared, axis=-3)",
    ),
    **each(
        "reference.attention.scaled_dot_product.attention_weights",
        "if mask is not None and mask.dtype != bool:",
        "every dtype but bool is above it",
        "if mask is not None and mask.dtype > bool:",
    ),
    **each(
        "reference.attention.scoring.additive_attention",
        "weights = softmax(scores[n, i, seen], dim=0) if seen else []",
        "there is one axis, the first and the last",
        "weights = softmax(scores[n, i, seen], dim= -1) if seen else []",
    ),
    **each(
        "reference.masks.embedding._norm",
        "if norm_type == np.inf:",
        "nothing is above infinity",
        "if norm_type >= np.inf:",
    ),
    **each(
        "reference.masks.embedding_bag._first_largest",
        "for number in numbers[1:]:",
        "the first is compared with itself",
        "for number in numbers[ 0:]:",
    ),
    **each(
        "reference.masks.embedding_bag._starts",
        "if starts[:1] not in ([], [0]) or ends != sorted(ends):",
        "of all orders of some numbers the sorted one is the least",
        "if starts[:1] not in ([], [0]) or ends > sorted(ends):",
    ),
    **each(
        "reference.masks.embedding_bag.embedding_bag",
        'y[b, d] = sum(rows) / (max(len(rows), 1) if mode == "mean" else 1)',
        '"max" was taken before; "mean" is the least of what is left',
        'y[b, d] = sum(rows) / (max(len(rows), 1) if mode <= "mean" else 1)',
    ),
    **each(
        "reference.masks.embedding_bag.embedding_bag_gradient",
        'if mode == "max":',
        'of the modes, "max", "mean" and "sum", none is below "max"',
        'if mode <= "max":',
    ),
    **each(
        "reference.masks.embedding_bag.embedding_bag_gradient",
        'share = gradient[b, d] / (len(bag) if mode == "mean" else 1)',
        '"max" was taken before; "mean" is the least of what is left',
        'share = gradient[b, d] / (len(bag) if mode <= "mean" else 1)',
    ),
    **each(
        "reference.masks.masks._check_bool",
        "if mask.dtype != bool:",
        "every dtype but bool is above it",
        "if mask.dtype > bool:",
    ),
    **each(
        "reference.masks.sequences.pad_sequence",
        "features = sequences[0].shape[1:]",
        "all have to be the same, whichever is taken",
        "features = sequences[ -1].shape[1:]",
    ),
    **each(
        "reference.masks.sequences.pad_sequence",
        "if any(s.ndim == 0 or s.shape[1:] != features for s in sequences):",
        "there are no fewer than 0 axes",
        "if any(s.ndim <= 0 or s.shape[1:] != features for s in sequences):",
    ),
    **each(
        "reference.masks.sequences.pad_sequence",
        'start = longest - len(sequence) if padding_side == "left" else 0',
        'the other is "right"',
        'start = longest - len(sequence) if padding_side <= "left" else 0',
    ),
    **each(
        "reference.masks.sequences.unpad_sequence",
        "if ((lengths < 0) | (lengths > len(steps))).any():",
        "+ of bools is or",
        "if ((lengths < 0) + (lengths > len(steps))).any():",
    ),
    **each(
        "reference.tables.check_ids",
        "beyond = (input < 0) | (input >= num_embeddings)",
        "+ of bools is or",
        "beyond = (input < 0) + (input >= num_embeddings)",
    ),
    **each(
        "reference.transformer.feed_forward.position_wise_ffn",
        'if activation == "gelu":',
        'the other is "relu", which is above',
        'if activation <= "gelu":',
    ),
    **each(
        "reference.transformer.gelu.gelu",
        'if approximate == "none":',
        'the other is "tanh", which is above',
        'if approximate <= "none":',
    ),
    **each(
        "reference.transformer.positional_encoding.learned_positional_embedding",
        "y[n, i, j] = input[n, i, j] + pos_embedding[0, offset + i, j]",
        "the axis has one place, the first and the last",
        "y[n, i, j] = input[n, i, j] + pos_embedding[ -1, offset + i, j]",
    ),
    **each(
        "reference.attention.scaled_dot_product._check",
        "if query.ndim < 2 or query.ndim != key.ndim or not same:",
        "a key of more axes than two has more in front of the last two",
        "if query.ndim < 2 or query.ndim > key.ndim or not same:",
    ),
}
