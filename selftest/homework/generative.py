"""Somebody's generative models, right: test_planted_faults.py breaks them."""

import numpy as np
from scipy.signal import correlate2d
from scipy.special import log_softmax


def image_log_likelihood(logits, image):
    batch, levels = logits.shape[:2]
    rows = np.moveaxis(log_softmax(logits, axis=1), 1, -1).reshape(batch, -1, levels)
    pixels = image.reshape(batch, -1)
    chosen = np.take_along_axis(rows, pixels[..., None], axis=-1)[..., 0]
    return chosen.sum(1)


def masked_conv2d(input, weight, bias=None, *, mask_type, colors=1):
    outs, ins, height, width = weight.shape
    mask = np.zeros(weight.shape, bool)
    mask[:, :, : height // 2] = True
    mask[:, :, height // 2, : width // 2] = True
    mine = np.arange(outs)[:, None] * colors // outs
    seen = np.arange(ins) * colors // ins
    mask[:, :, height // 2, width // 2] = (
        seen < mine if mask_type == "A" else seen <= mine
    )
    kernels = np.where(mask, weight, 0)
    pad = [(0, 0), (0, 0), (height // 2,) * 2, (width // 2,) * 2]
    x = np.pad(input, pad)
    y = np.zeros((len(x), outs, *input.shape[2:]), input.dtype)
    for n, o, c in np.ndindex(len(x), outs, ins):
        y[n, o] += correlate2d(x[n, c], kernels[o, c], mode="valid")
    return y if bias is None else y + bias[:, None, None]


def gaussian_kl(mean, logvar):
    terms = mean**2 + np.exp(logvar) - logvar - 1
    return terms.sum(-1) / 2


def vector_quantize(input, codebook):
    distances = ((input[:, None, :] - codebook[None]) ** 2).sum(-1)
    chosen = distances.argmin(-1)
    return codebook[chosen], chosen


def js_divergence(p, q, *, dim):
    m = (p + q) / 2
    terms = p * np.log(p / m) + q * np.log(q / m)
    return terms.sum(dim) / 2
