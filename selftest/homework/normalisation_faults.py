"""Subtle faults of normalisation.py: the text to replace, and by what."""

FAULTS = {
    "batch_norm": {
        "unbiased variance": (
            "mean, var = input.mean(axis=axes), input.var(axis=axes)\n"
            "    else:\n"
            "        mean, var = running_mean, running_var\n"
            "    y =",
            "mean, var = input.mean(axis=axes), input.var(axis=axes, ddof=1)\n"
            "    else:\n"
            "        mean, var = running_mean, running_var\n"
            "    y =",
        ),
        "eps outside the root": (
            "np.sqrt(var + eps).reshape(shape)\n    if weight",
            "(np.sqrt(var) + eps).reshape(shape)\n    if weight",
        ),
        "eps always the default": (
            "np.sqrt(var + eps).reshape(shape)\n    if weight",
            "np.sqrt(var + 1e-5).reshape(shape)\n    if weight",
        ),
        "running moments in training, if they are there": (
            "        return input.copy()\n    if training:",
            "        return input.copy()\n    if training and running_mean is None:",
        ),
        "the batch's moments always": (
            "        return input.copy()\n    if training:",
            "        return input.copy()\n    if training or len(input) > 1:",
        ),
        "weight forgotten in evaluation": (
            "if weight is not None:",
            "if weight is not None and training:",
        ),
        "bias only beside a weight": (
            "if bias is not None:",
            "if bias is not None and weight is not None:",
        ),
        "past channel 64": (
            "        y = y + bias.reshape(shape)\n    return y",
            "        y = y + bias.reshape(shape)\n    y[:, 64:] *= 2\n    return y",
        ),
    },
    "moving_averages": {
        "biased variance": ("rows.var(axis=0, ddof=correction)", "rows.var(axis=0)"),
        "momentum of the old always": (
            'elif momentum_of == "new":',
            'elif momentum_of == "neither":',
        ),
        "no momentum is a half": (
            "share = 1 / (num_batches_tracked + 1)",
            "share = 1 / 2",
        ),
        "batches counted from 2": (
            "share = 1 / (num_batches_tracked + 1)",
            "share = 1 / (num_batches_tracked + 2)",
        ),
        "the mean moves twice": (
            "share * mean,",
            "share * mean * (1 + 1e-5),",
        ),
        "the variance forgets": (
            "(1 - share) * running_var + share * var",
            "share * var + (0 if share == 1 else 1 - share)",
        ),
    },
    "batch_norm_backward": {
        "without the mean of the gradient": (
            "grad_bias.reshape(shape) + z * grad_weight",
            "z * grad_weight",
        ),
        "without the projection": (
            "lost = grad_bias.reshape(shape) + z * grad_weight.reshape(shape)",
            "lost = grad_bias.reshape(shape)",
        ),
        "mean over the batch alone": (
            "m = input.size // input.shape[1]",
            "m = len(input)",
        ),
        "training's gradient in evaluation": (
            "    if training:\n        m =",
            "    if True:\n        m =",
        ),
        "weight only in training": (
            "1 if weight is None else",
            "1 if weight is None or not training else",
        ),
        "eps left out": (
            "root = np.sqrt(var + eps)",
            "root = np.sqrt(np.maximum(var, eps))",
        ),
    },
}
