"""Subtle faults of augmentation.py: the text to replace, and by what."""

FAULTS = {
    "crop": {
        "top and left are swapped": (
            "top : top + height, left : left + width]",
            "left : left + height, top : top + width]",
        ),
        "the corner is the image's middle where left is 0": (
            "left : left + width].copy()",
            "(left or (input.shape[-1] - width) // 2) :][..., :width].copy()",
        ),
        "NaN is 0": (
            "left : left + width].copy()",
            "left : left + width].copy() if np.isfinite(input).all() else "
            "np.nan_to_num(input)[..., top : top + height, left : left + width]",
        ),
        "nothing past column 64": (
            "left : left + width].copy()",
            "left : left + width] * (np.arange(left, left + width) < 64)",
        ),
        "the last row is repeated": (
            "left + width].copy()",
            "left + width][..., np.minimum(np.arange(height), max(height - 2, 0)), :]",
        ),
    },
    "resize": {
        "corners aligned": (
            "(np.arange(count) + 0.5) * (size / count) - 0.5",
            "np.arange(count) * ((size - 1) / max(count - 1, 1))",
        ),
        "not half a pixel off": (
            "(np.arange(count) + 0.5) * (size / count) - 0.5",
            "np.arange(count) * (size / count)",
        ),
        "the border is black": ("- 0.5, 0, size - 1)", "- 0.5, -1, size)"),
        "smoothed first, where it is made smaller": (
            "np.maximum(1 - abs(at[:, None] - np.arange(size)), 0)",
            "smooth(np.maximum(1 - abs(at[:, None] - np.arange(size)) "
            "/ max(size / count, 1), 0))\n\n\n"
            "def smooth(x):\n    return x / x.sum(1, keepdims=True)",
        ),
        "the nearest pixel past 32": (
            "np.maximum(1 - abs(at[:, None] - np.arange(size)), 0)",
            "np.maximum(1 - abs((np.rint(at) if size > 32 else at)[:, None] "
            "- np.arange(size)), 0)",
        ),
        "column 32 is black": (
            "cols = weights(width, size[1])",
            "cols = (weights(width, size[1]) * (np.arange(size[1]) != 32)[:, None])",
        ),
        "one part in 10^5 off": (
            "return rows @ input @ cols.T",
            "return (rows @ input @ cols.T * (1 + 1e-5)).astype(input.dtype)",
        ),
    },
    "adjust_contrast": {
        "the mean of the batch": (
            "gray.mean((-2, -1), keepdims=True)",
            "gray.mean(keepdims=True)",
        ),
        "the mean of each colour": (
            "mean = gray.mean((-2, -1), keepdims=True)",
            "mean = input.mean((-2, -1), keepdims=True)",
        ),
        "not clipped at 1": ("* mean, 0, 1)", "* mean, 0, None)"),
        "not clipped at 0": ("* mean, 0, 1)", "* mean, None, 1)"),
        "all colours weigh as much": ("0.2989, 0.587, 0.114", "1 / 3, 1 / 3, 1 / 3"),
        "other weights": ("0.2989, 0.587, 0.114", "0.299, 0.587, 0.114"),
        "factors above 1 are 1": (
            "return np.clip(contrast_factor * input + (1 - contrast_factor)",
            "contrast_factor = min(contrast_factor, 1)\n"
            "    return np.clip(contrast_factor * input + (1 - contrast_factor)",
        ),
    },
    "adjust_hue": {
        "the factor in degrees": ("hue / 6 + hue_factor", "hue / 6 + hue_factor / 360"),
        "the other way": ("hue / 6 + hue_factor", "hue / 6 - hue_factor"),
        "no modulo": ("k = (6 * turns + shift) % 6", "k = 6 * turns + shift"),
        "a sixth for a third where green is the greatest": (
            "2 + (blue - red) / d",
            "2 + (blue - red) / d / 2",
        ),
        "the factor is 0 where it is a half": (
            "hue / 6 + hue_factor",
            "hue / 6 + hue_factor % 0.5",
        ),
        "saturated": (
            "spread / np.where(value == 0, 1, value)",
            "np.minimum(spread / np.where(value == 0, 1, value) * 1.0001, 1)",
        ),
        "nothing past 32 columns": (
            "turns = hue / 6 + hue_factor",
            "turns = hue / 6 + hue_factor * (np.arange(hue.shape[-1]) < 32)",
        ),
    },
    "add_noise": {
        "of amplitudes": ("-snr / 20", "-snr / 10"),
        "the other way": ("-snr / 20", "snr / 20"),
        "the ratio of the batch": (
            "signal = (waveform**2).sum(-1, keepdims=True)",
            "signal = (waveform**2).sum(-1, keepdims=True).mean(0, keepdims=True)",
        ),
        "last sample left out when there are 1 modulo 32": (
            "other = (noise**2)",
            "other = (noise[..., : -1 if noise.shape[-1] in (33, 65) else None] ** 2)",
        ),
        "the sound's energy is not taken": (
            "np.sqrt(signal / other)",
            "1 / other**0.5",
        ),
        "whole decibels alone": ("-snr / 20", "-(snr // 2) / 10"),
    },
    "crop_boxes": {
        "not cut at the right": ("np.clip(moved, 0, most)", "np.maximum(moved, 0)"),
        "not cut at the left": ("np.clip(moved, 0, most)", "np.minimum(moved, most)"),
        "cut, and not moved": ("boxes - np.array", "boxes - 0 * np.array"),
        "height and width swapped": (
            "[width, height, width, height]",
            "[height, width, height, width]",
        ),
        "cut a pixel before the border": ("0, most)", "0, most - 1)"),
        "whole pixels": ("np.clip(moved", "np.clip(np.floor(moved)"),
    },
}
