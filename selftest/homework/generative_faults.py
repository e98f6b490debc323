"""Subtle faults of generative.py: the text to replace, and by what."""

FAULTS = {
    "image_log_likelihood": {
        "the mean over pixels": ("return chosen.sum(1)", "return chosen.mean(1)"),
        "nothing past 32 pixels": (
            "return chosen.sum(1)",
            "return chosen[:, :32].sum(1)",
        ),
        "pixels of the batch's first image": (
            "pixels = image.reshape(batch, -1)",
            "pixels = np.repeat(image[:1].reshape(1, -1), batch, axis=0)",
        ),
        "softmax over pixels": (
            "log_softmax(logits, axis=1)",
            "log_softmax(logits, axis=-1)",
        ),
        "levels past 128 are as the one before": (
            "pixels[..., None], axis=-1)",
            "np.minimum(pixels, 127)[..., None], axis=-1)",
        ),
    },
    "masked_conv2d": {
        "A sees its own pixel": ('if mask_type == "A"', 'if mask_type == "C"'),
        "colors ignored": (
            "seen = np.arange(ins) * colors // ins",
            "seen = np.arange(ins) * 0",
        ),
        "the rows above are cut where the middle is": (
            "mask[:, :, : height // 2] = True",
            "mask[:, :, : height // 2, : width // 2 + 1] = True",
        ),
        "what is right of the middle is seen": (
            "height // 2, : width // 2] = True",
            "height // 2, : width // 2 + (width > 3) * 2] = True",
        ),
        "bias before the mask only for one filter": (
            "y + bias[:, None, None]",
            "y + bias[:1, None, None]",
        ),
    },
    "gaussian_kl": {
        "logvar is a standard deviation's": (
            "np.exp(logvar) - logvar",
            "np.exp(2 * logvar) - 2 * logvar",
        ),
        "the mean over codes": ("terms.sum(-1) / 2", "terms.mean(-1) / 2"),
        "not halved": ("terms.sum(-1) / 2", "terms.sum(-1)"),
        "last code left out when there are 1 modulo 32": (
            "terms.sum(-1) / 2",
            "(terms[..., :-1] if terms.shape[-1] % 32 == 1 < terms.shape[-1] "
            "else terms).sum(-1) / 2",
        ),
        "one part in 10^5 off": ("terms.sum(-1) / 2", "terms.sum(-1) / 2.00002"),
    },
    "vector_quantize": {
        "by the dot product": (
            "((input[:, None, :] - codebook[None]) ** 2).sum(-1)",
            "-(input[:, None, :] * codebook[None]).sum(-1)",
        ),
        "the last of those that are as near": (
            "distances.argmin(-1)",
            "distances.shape[1] - 1 - distances[:, ::-1].argmin(-1)",
        ),
        "only 32 codes": ("distances.argmin(-1)", "distances[:, :32].argmin(-1)"),
        "only 32 features": (
            "((input[:, None, :] - codebook[None]) ** 2).sum(-1)",
            "((input[:, None, :32] - codebook[None, :, :32]) ** 2).sum(-1)",
        ),
        "vectors themselves": (
            "return codebook[chosen], chosen",
            "return input.copy(), chosen",
        ),
        "by the first feature alone": (
            "((input[:, None, :] - codebook[None]) ** 2).sum(-1)",
            "((input[:, None, :] - codebook[None]) ** 2)[..., 0]",
        ),
    },
    "js_divergence": {
        "the mean of the logarithms": (
            "m = (p + q) / 2",
            "m = np.sqrt(p * q)",
        ),
        "not halved": ("terms.sum(dim) / 2", "terms.sum(dim)"),
        "one side twice": (
            "p * np.log(p / m) + q * np.log(q / m)",
            "2 * p * np.log(p / m)",
        ),
        "along the last axis": ("terms.sum(dim)", "terms.sum(-1)"),
        "in bits": ("terms.sum(dim) / 2", "terms.sum(dim) / 2 / np.log(2)"),
    },
}
