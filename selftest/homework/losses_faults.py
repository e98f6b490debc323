"""Subtle faults of losses.py: the text to replace, and by what."""

FAULTS = {
    "multi_margin_loss": {
        "the margin is 1": ("type(margin)", "type(1)"),
        "p ignored": ("** p", "** 1"),
        "not divided by the classes": ("type(input.shape[-1])", "type(1)"),
        "divided by the other classes": (
            "type(input.shape[-1])",
            "type(max(input.shape[-1] - 1, 1))",
        ),
        "the weight of the other class": (
            "cost * weight[target][..., None]",
            "cost * weight",
        ),
        "the weight to the power of p": (
            "cost * weight[target][..., None]",
            "cost * weight[target][..., None] ** p",
        ),
        "the target's own margin counted": (
            "    np.put_along_axis(cost, target[..., None], 0, -1)\n",
            "",
        ),
        "NaN turned to 0": (
            "    losses = cost",
            "    cost = np.nan_to_num(cost)\n    losses = cost",
        ),
    },
}
