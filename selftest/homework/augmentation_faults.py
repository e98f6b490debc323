"""Subtle faults of augmentation.py: the text to replace, and by what."""

FAULTS = {
    "resize": {
        "corners are aligned": (
            "at = (np.arange(count) + 0.5) * size / count - 0.5",
            "at = np.arange(count) * (size - 1) / max(count - 1, 1)",
        ),
        "pixels are measured by their corners": (
            "(np.arange(count) + 0.5) * size / count - 0.5",
            "np.arange(count) * size / count",
        ),
        "not clipped on the left": (
            "np.clip(at, 0, size - 1)",
            "np.minimum(at, size - 1)",
        ),
        "the height's scale for the width": (
            "cols = places(width, out_width)",
            "cols = places(width, out_height)[np.arange(out_width) % out_height]",
        ),
        "weights in eight bits": (
            "across = (cols - left)",
            "across = (np.round((cols - left) * 256) / 256)",
        ),
        "nearest below, from 33 columns on": (
            "across = (cols - left)",
            "across = (cols - left) * (np.arange(out_width) < 32)",
        ),
    },
    "adjust_contrast": {
        "the mean of the batch": (
            "gray.mean((-3, -2, -1), keepdims=True)",
            "gray.mean(keepdims=True) if gray.size else gray",
        ),
        "the mean of the colours": (
            "mean = gray.mean(",
            "mean = input.mean(",
        ),
        "the mean of the rows": (
            "gray.mean((-3, -2, -1), keepdims=True)",
            "gray.mean((-3, -1), keepdims=True)",
        ),
        "not clipped above": ("np.clip(blend, 0, 1)", "np.maximum(blend, 0)"),
        "not clipped below": ("np.clip(blend, 0, 1)", "np.minimum(blend, 1)"),
        "weights of another norm": (
            "[0.2989, 0.587, 0.114]",
            "[0.299, 0.587, 0.114]",
        ),
    },
    "adjust_hue": {
        "turned the other way": ("/ 6 + hue_factor", "/ 6 - hue_factor"),
        "half the turn": (
            "/ 6 + hue_factor",
            "/ 6 + hue_factor / 2",
        ),
        "hues are not wrapped": (
            "hue = (hue / 6 + hue_factor) % 1",
            "hue = np.clip(hue / 6 + hue_factor, 0, 1)",
        ),
        "whole degrees": (
            "/ 6 + hue_factor",
            "/ 6 + round(hue_factor * 360) / 360",
        ),
        "one sector is rotated": (
            "3: (least, falling, value)",
            "3: (falling, least, value)",
        ),
        "grey from 33 columns on": (
            "least = value - spread",
            "least = value - spread * (np.arange(value.shape[-1]) < 32)",
        ),
    },
}
