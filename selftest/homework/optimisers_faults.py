"""Subtle faults of optimisers.py: the text to replace, and by what."""

STEP = "        x = x - rate * g\n"
"""How sgd steps."""

RATES = "return rates.astype(lr.dtype)"
"""Where cosine_annealing_lr ends."""

FAULTS = {
    "sgd": {
        "dampening on the first step too": (
            "velocity = g\n",
            "velocity = (1 - dampening) * g\n",
        ),
        "weight decay climbs with maximize": (
            "g = g + weight_decay * x\n        if momentum",
            "g = g + (-weight_decay if maximize else weight_decay) * x\n"
            "        if momentum",
        ),
        "nesterov ignored on the first step": (
            "if nesterov else velocity",
            "if nesterov and path else velocity",
        ),
        "rate of the first step throughout": (
            STEP,
            "        x = x - per_step(lr, gradients)[0] * g\n",
        ),
        "last number not updated when there are 1 modulo 32": (
            STEP,
            STEP + "        if x.size > 1 and x.size % 32 == 1:\n"
            "            x.flat[-1] = param.flat[-1]\n",
        ),
        "nothing past element 64": (
            STEP,
            STEP + "        x.flat[64:] = param.flat[64:]\n",
        ),
        "velocity not carried over": (
            "            if velocity is None:",
            "            if velocity is not None:",
        ),
        "one part in 10^5 off": (STEP, "        x = x - 1.00001 * rate * g\n"),
    },
    "rmsprop": {
        "mean of squares adds to itself": (
            "mean_square = alpha * mean_square",
            "mean_square = mean_square + alpha * mean_square",
        ),
        "eps in the root": ("np.sqrt(variance) + eps", "np.sqrt(variance + eps)"),
        "mean of gradients kept without the decay": (
            "mean = alpha * mean + (1 - alpha) * g\n        variance",
            "mean = alpha * mean + (1 - alpha) * gradient\n        variance",
        ),
        "momentum left out when centered": (
            "buffer = momentum * buffer",
            "buffer = (0 if centered else momentum) * buffer",
        ),
        "NaN from a variance below 0": (
            "np.maximum(mean_square - mean**2, 0)",
            "mean_square - mean**2 - 1e-6 * mean_square",
        ),
    },
    "adam": {
        "steps counted from 2": ("gradients), 1):", "gradients), 2):"),
        "eps before the correction": (
            "np.sqrt(v_hat) + eps",
            "np.sqrt(v_hat) + eps / np.sqrt(1 - betas[1] ** t)",
        ),
        "maximum of corrected moments": (
            "most = np.maximum(most, v)",
            "most = np.maximum(most * (1 - betas[1] ** t) / "
            "(1 - betas[1] ** max(t - 1, 1)), v)",
        ),
        "decay decoupled always": (
            "if decoupled_weight_decay:",
            "if decoupled_weight_decay or amsgrad:",
        ),
        "decay not scaled by the rate": (
            "(1 - rate * weight_decay)",
            "(1 - 0.1 * weight_decay)",
        ),
        "second moment of the gradient without decay": (
            "(1 - betas[1]) * g * g",
            "(1 - betas[1]) * gradient * gradient",
        ),
        "result rounded to bfloat16": (
            "        path.append(x)\n    return np.stack(path)\n\n\ndef cosine",
            "        path.append(x)\n    y = np.stack(path).astype(np.float32)\n"
            "    return (y.view(np.int32) & -65536).view(np.float32)"
            ".astype(x.dtype)\n\n\ndef cosine",
        ),
    },
    "cosine_annealing_lr": {
        "stays at its lowest": (
            "np.arange(steps) / T_max",
            "np.minimum(np.arange(steps), T_max) / T_max",
        ),
        "restarts": (
            "np.arange(steps) / T_max",
            "(np.arange(steps) % (T_max + 1)) / T_max",
        ),
        "least rate added and not subtracted": (
            "lr - eta_min)",
            "lr)",
        ),
        "one step late": ("np.arange(steps)", "np.maximum(np.arange(steps) - 1, 0)"),
        "the first group's rate for all": (
            RATES,
            "rates[:, 1:] = rates[:, :1]\n    " + RATES,
        ),
    },
    "clip_grad_norm": {
        "each gradient by itself": (
            "*((g * factor).astype(dtype) for g in gradients)",
            "*((g * min(max_norm / (np.linalg.norm(g.ravel()) + 1e-6), 1.0))"
            ".astype(dtype) for g in gradients)",
        ),
        "small gradients made larger": (
            "min(max_norm / (norm + 1e-6), 1.0)",
            "max_norm / (norm + 1e-6)",
        ),
        "always the 2-norm": (
            "np.linalg.norm(numbers, norm_type)",
            "np.linalg.norm(numbers)",
        ),
        "without 10^-6": ("(norm + 1e-6)", "(norm + 1e-12)"),
        "last gradient left out of the norm": (
            "for g in gradients]))",
            "for g in gradients[: max(len(gradients) - 1, 1)]]))",
        ),
        "the norm after clipping": (
            "return np.asarray(norm, dtype)",
            "return np.asarray(norm * factor, dtype)",
        ),
    },
}
