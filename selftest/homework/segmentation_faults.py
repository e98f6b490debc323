"""Subtle faults of segmentation.py: the text to replace, and by what."""

FAULTS = {
    "gram_matrix": {
        "never normalized": ("if normalize else gram", "if False else gram"),
        "divided by pixels alone": ("input[0].size", "input[0, 0].size"),
        "divided by the batch too": ("input[0].size", "input.size"),
        "nothing past 32 pixels": (
            "input.shape[:2], -1)",
            "input.shape[:2], -1)[..., :32]",
        ),
        "one part in 10^5 off": ("/ input[0].size", "/ input[0].size * 1.00001"),
    },
    "tv_loss": {
        "rows alone": ("return down.sum() + across.sum()", "return across.sum()"),
        "the mean of all differences": (
            "(down.mean() + across.mean()) / 2",
            "(down.sum() + across.sum()) / (down.size + across.size)",
        ),
        "not halved": (
            "(down.mean() + across.mean()) / 2",
            "down.mean() + across.mean()",
        ),
        "the last column left out": (
            "1:] - input[:, :, :, :-1]",
            "1:-1] - input[:, :, :, :-2]",
        ),
        "squares": ("across = abs(", "across = np.square("),
    },
    "label_indices": {
        "the last of several": (
            "range(len(palette) - 1, -1, -1)",
            "range(len(palette))",
        ),
        "two colours that agree are enough": (".all(-1)", "[..., :2].all(-1)"),
        "no class past 32": (
            "range(len(palette) - 1",
            "range(min(len(palette), 32) - 1",
        ),
        "unknown colours are −1": ("np.zeros(", "-np.ones("),
        "any colour is enough": (".all(-1)", ".any(-1)"),
    },
}
