"""Subtle faults of detection.py: the text to replace, and by what."""

FAULTS = {
    "calc_loss": {
        "masks ignored": (" * bbox_masks", ""),
        "the mean over what is not masked": (
            "offsets.mean(1)",
            "offsets.sum(1) / np.maximum(bbox_masks.sum(1), 1)",
        ),
        "the mean over the batch": ("chosen.mean(1)", "chosen.mean()"),
        "squares": (
            "abs(bbox_preds - bbox_labels)",
            "np.square(bbox_preds - bbox_labels)",
        ),
        "softmax over anchors": ("axis=2)\n    chosen", "axis=1)\n    chosen"),
    },
    "class_error": {
        "what is right": ("!= cls_labels", "== cls_labels"),
        "background does not count": (
            "wrong.mean()",
            "wrong[cls_labels > 0].sum() / wrong.size",
        ),
        "the last of several": (
            "cls_preds.argmax(-1)",
            "cls_preds.shape[-1] - 1 - cls_preds[..., ::-1].argmax(-1)",
        ),
        "not divided": ("wrong.mean()", "wrong.sum()"),
        "nothing past 64 anchors": ("wrong.mean()", "wrong[:, :64].mean()"),
    },
    "concat_preds": {
        "channels first": ("np.moveaxis(p, 1, -1)", "p"),
        "the last scale first": ("for p in preds", "for p in preds[::-1]"),
        "columns before rows": ("np.moveaxis(p, 1, -1)", "np.swapaxes(p, 1, 3)"),
        "images mixed": ("np.moveaxis(p, 1, -1)", "np.moveaxis(p, 1, -1)[::-1]"),
    },
    "ssd_sizes": {
        "the arithmetic mean": (
            "np.sqrt(scales[:-1] * scales[1:])",
            "(scales[:-1] + scales[1:]) / 2",
        ),
        "not the root": (
            "np.sqrt(scales[:-1] * scales[1:])",
            "scales[:-1] * scales[1:]",
        ),
        "the next one first": ("[scales[:-1], np", "[scales[1:], np"),
        "in one row": ("scales[1:])], axis=1)", "scales[1:])], axis=0)"),
        "one part in 10^5 off": ("np.sqrt(", "1.00001 * np.sqrt("),
    },
}
