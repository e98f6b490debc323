"""Mutants that are no faults, each with the reason why no call can tell."""


def each(place, before, why, *after):
    """The same reason for several mutants of one line."""
    return {f"{place}: {before} → {mutant}": why for mutant in after}


EQUIVALENT = {
    **each(
        "reference.architectures.chains._halved",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j + q]",
        "p and q are 0 or 1, and twice a number is even: bits never carry",
        "y[n, c, i, j], hidden[n, c, 2 * i ^ p, 2 * j + q]",
        "y[n, c, i, j], hidden[n, c, 2 * i | p, 2 * j + q]",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j ^ q]",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j | q]",
    ),
    **each(
        "reference.attention.multi_head.multi_head_attention",
        "biases = [None] * 3 if in_proj_bias is None else np.split(in_proj_bias, 3)",
        "only the first three are read",
        "biases = [None] * 4 if in_proj_bias is None else np.split(in_proj_bias, 3)",
    ),
    **each(
        "reference.attention.multi_head._merged",
        "if all(mask.dtype == bool for mask in masks):",
        "d <= bool is whether d casts safely to bool, which bool alone does",
        "if all(mask.dtype <= bool for mask in masks):",
    ),
    **each(
        "reference.attention.multi_head._merged",
        "attn_mask.reshape(-1, heads if attn_mask.ndim == 3 else 1, queries, keys)",
        "NumPy infers a length from any negative number, not from −1 alone",
        "attn_mask.reshape(- 2, heads if attn_mask.ndim == 3 else 1, queries, keys)",
        "attn_mask.reshape(~1, heads if attn_mask.ndim == 3 else 1, queries, keys)",
    ),
    **each(
        "reference.augmentation.color.rgb_to_grayscale",
        "_check(input, 1, channels=(3,))",
        "there is no factor: any number passes for it that is not below 0",
        "_check(input, 0, channels=(3,))",
        "_check(input, 2, channels=(3,))",
    ),
    **each(
        "reference.augmentation.color.rgb_to_grayscale",
        "y[*n, 0, i, j] = sum(a * input[*n, c, i, j] for c, a in enumerate(LUMA))",
        "the axis has one place, the first and the last",
        "y[*n, -1, i, j] = sum(a * input[*n, c, i, j] for c, a in enumerate(LUMA))",
    ),
    **each(
        "reference.augmentation.color.rgb_to_hsv",
        "_check(input, 1, channels=(3,))",
        "there is no factor: any number passes for it that is not below 0",
        "_check(input, 0, channels=(3,))",
        "_check(input, 2, channels=(3,))",
    ),
    **each(
        "reference.augmentation.color.hsv_to_rgb",
        "_check(input, 1, channels=(3,))",
        "there is no factor: any number passes for it that is not below 0",
        "_check(input, 0, channels=(3,))",
        "_check(input, 2, channels=(3,))",
    ),
    **each(
        "reference.evaluation.accuracy.cls_eval",
        "if cls_preds.ndim == 0 or cls_labels.shape != cls_preds.shape[:-1]:",
        "no array has fewer than 0 axes",
        "if cls_preds.ndim <= 0 or cls_labels.shape != cls_preds.shape[:-1]:",
    ),
    **each(
        "reference.masks.embedding_bag.embedding_bag",
        'if mode == "max":',
        "mode is sum, mean or max, as was checked, and max is the first by alphabet",
        'if mode <= "max":',
    ),
    **each(
        "reference.masks.embedding_bag._check_mode",
        'if mode != "sum":',
        "mode is sum, mean or max, as was checked, and sum is the last by alphabet",
        'if mode < "sum":',
    ),
    **each(
        "reference.masks.masked._rows",
        "if mask.dtype != bool:",
        "d > bool is whether bool casts safely to another d, which it does to all "
        "numbers",
        "if mask.dtype > bool:",
    ),
    **each(
        "reference.normalisation.moments.check_eps",
        "if eps < 0 or (training and eps == 0):",
        "what is below 0 is refused by the first half",
        "if eps < 0 or (training and eps <= 0):",
    ),
    **each(
        "reference.optimisers.adaptive.adam",
        "m = v = 0",
        "_moments reads neither m nor v at the first step, and makes them for the next",
        "m = v = 1",
        "m = v = -1",
    ),
    **each(
        "reference.optimisers.adaptive._moments",
        "if t == 1:",
        "t is 1 or more, so the general line is taken at t = 1, too, where m = v = 0",
        "if t < 1:",
    ),
    **each(
        "reference.optimisers.clipping._norm",
        "return functools.reduce(np.maximum if p > 0 else np.minimum, sizes)",
        "p is ∞ or −∞ here",
        "return functools.reduce(np.maximum if p > 1 else np.minimum, sizes)",
        "return functools.reduce(np.maximum if p > -1 else np.minimum, sizes)",
        "return functools.reduce(np.maximum if p >= 0 else np.minimum, sizes)",
    ),
    **each(
        "reference.pooling.sequence_pool._lengths",
        "if input.ndim != 3 or input.shape[1] == 0:",
        "no axis has fewer than 0 places",
        "if input.ndim != 3 or input.shape[1] <= 0:",
    ),
    **each(
        "reference.recurrent.captioning.generate_caption",
        "y = caption_rnn(words, image[None], w_xh, w_hh, w_ih, w_hy)[0, -1]",
        "the batch is of one image, the first and the last",
        "y = caption_rnn(words, image[None], w_xh, w_hh, w_ih, w_hy)[ -1, -1]",
    ),
    **each(
        "reference.recurrent.captioning.generate_caption",
        "while len(caption) <= most and (len(caption) == 1 or caption[-1] != end):",
        "caption begins with the start, and has one word at least",
        "while len(caption) <= most and (len(caption) <= 1 or caption[-1] != end):",
    ),
    **each(
        "reference.recurrent.packed._each",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[-1]), input.dtype)",
        "each output is (time, features), of the same layers and as many features",
        "y = np.zeros((max(lengths), len(runs), outputs[ -1].shape[-1]), input.dtype)",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[1]), input.dtype)",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[+1]), input.dtype)",
    ),
    **each(
        "reference.recurrent.recurrence.check_count",
        "if state is not None and len(state) != cells:",
        "CPython has one object for each whole number up to 256, so that small ones "
        "that are equal are identical",
        "if state is not None and len(state) is not cells:",
    ),
    **each(
        "reference.tables.check_ids",
        "beyond = (input < 0) | (input >= num_embeddings)",
        "no id is both below 0 and past the end: a table has 0 rows or more",
        "beyond = (input < 0) ^ (input >= num_embeddings)",
    ),
}
