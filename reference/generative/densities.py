"""Likelihoods of images, pixel by pixel, and the densities of Bayes' rule."""

import numpy as np

from reference.arguments import exact_rank
from reference.classification.log_softmax import log_softmax


def image_log_likelihood(logits: np.ndarray, image: np.ndarray) -> np.ndarray:
    """Add up how likely each pixel is, given those before it.

        log p(x[n]) = Σ_i log softmax(logits[n, :, i])[x[n, i]]
        An autoregressive model makes logits[n, :, i] of the pixels before i alone: the
        probabilities of all images then sum to 1, and training maximizes the sum.

    Shapes:
        logits  (batch, levels, *size): of what each pixel may be
        image   (batch, *size), ints: what it is
        result  (batch), logits' dtype

    Units: nats. The notes' pixels have 256 levels.

    Raises:
        ValueError: shapes do not fit each other, or a pixel is no level.

    Source: van den Oord, Kalchbrenner and Kavukcuoglu, "Pixel Recurrent Neural
        Networks" (arXiv:1601.06759), eq. 1.
    """
    if logits.ndim < 2 or (len(logits), *logits.shape[2:]) != image.shape:
        raise ValueError(
            f"logits and image have shapes {logits.shape} and {image.shape}; "
            "they must be (batch, levels, *size) and (batch, *size)"
        )
    levels = logits.shape[1]
    if ((image < 0) | (image >= levels)).any():
        raise ValueError(f"a pixel is not in [0, {levels}): {image}")
    log_probs = log_softmax(logits, dim=1)
    y = np.zeros(len(logits), logits.dtype)
    for n, *i in np.ndindex(image.shape):
        y[n] += log_probs[n, image[n, *i], *i]
    return y


def evidence(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    """Find how probable values are, of whatever class: a generative model's density.

        p(x) = Σ_y p(x | y) · p(y)

    Shapes:
        prior       (classes), p(y)
        likelihood  (classes, values), p(x | y): its rows sum to 1
        result      (values), prior's dtype

    Raises:
        ValueError: shapes do not fit each other.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 3.11.
    """
    exact_rank("likelihood", likelihood, "classes values")
    if prior.shape != likelihood.shape[:1]:
        raise ValueError(
            f"prior has shape {prior.shape}, likelihood {likelihood.shape}; "
            "they must be (classes) and (classes, values)"
        )
    y = np.zeros(likelihood.shape[1], prior.dtype)
    for c, x in np.ndindex(likelihood.shape):
        y[x] += likelihood[c, x] * prior[c]
    return y


def bayes_rule(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    """Turn a model of values given classes into one of classes given values.

        p(y | x) = p(x | y) · p(y) / Σ_y' p(x | y') · p(y')
        NaN, 0 / 0, where no class has the value.

    Shapes:
        prior       (classes), p(y)
        likelihood  (classes, values), p(x | y)
        result      (classes, values), prior's dtype: its columns sum to 1

    Raises:
        ValueError: shapes do not fit each other.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 3.11.
    """
    total = evidence(prior, likelihood)
    y = np.zeros(likelihood.shape, prior.dtype)
    for c, x in np.ndindex(y.shape):
        y[c, x] = likelihood[c, x] * prior[c] / total[x]
    return y
