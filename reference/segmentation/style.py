"""Style transfer: what an image loses whose content and style are two others'."""

import numpy as np

from reference.arguments import exact_rank, same_shape
from reference.convolution.convolution import conv2d
from reference.losses.regression import mse_loss
from reference.reductions import check_reduction


def content_loss(input: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Average the squared differences of two images' features.

        L = Σ_i (x[i] − y[i])² / number of features

    Shapes:
        input, target  (*size), the same
        result         (), input's dtype

    Raises:
        ValueError: shapes that differ.

    Source: Zhang et al., "Dive into Deep Learning", "Neural Style Transfer"; Gatys,
        Ecker and Bethge (arXiv:1508.06576) have half the sum.
    """
    return mse_loss(input, target, reduction="mean")


def gram_matrix(input: np.ndarray, *, normalize: bool = True) -> np.ndarray:
    """Correlate each channel with each, over all pixels of an image.

        G[n, c, d] = Σ_p x[n, c, p] · x[n, d, p],  p over pixels
        With normalize, divided by channels · height · width, as d2l's code does. The
        notes and Gatys et al. have G = X Xᵀ, as without.

    Shapes:
        input   (batch, channels, height, width), not empty with normalize
        result  (batch, channels, channels), input's dtype

    Raises:
        ValueError: input has other axes.

    Source: Zhang et al., "Dive into Deep Learning", "Neural Style Transfer"; Gatys,
        Ecker and Bethge, "A Neural Algorithm of Artistic Style" (arXiv:1508.06576).
    """
    exact_rank("input", input, "batch channels height width")
    batch, channels, height, width = input.shape
    pixels = input.reshape(batch, channels, height * width)
    y = np.zeros((batch, channels, channels), input.dtype)
    for n, c, d in np.ndindex(y.shape):
        for p in range(height * width):
            y[n, c, d] += pixels[n, c, p] * pixels[n, d, p]
        if normalize:
            y[n, c, d] /= channels * height * width
    return y


def style_loss(
    input: np.ndarray, gram: np.ndarray, *, normalize: bool = True
) -> np.ndarray:
    """Average the squared differences of an image's Gram matrix and another's.

        L = Σ_cd (G(x)[c, d] − gram[c, d])² / (batch · channels²),  G = `gram_matrix`

    Shapes:
        input   (batch, channels, height, width)
        gram    (batch, channels, channels)
        result  (), input's dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", "Neural Style Transfer".
    """
    return mse_loss(gram_matrix(input, normalize=normalize), gram, reduction="mean")


def tv_loss(input: np.ndarray, *, reduction: str = "mean") -> np.ndarray:
    """Add up how far neighbouring pixels differ.

        down = Σ |x[n, c, i, j] − x[n, c, i + 1, j]|   for i < height − 1
        across = Σ |x[n, c, i, j] − x[n, c, i, j + 1]|   for j < width − 1
        sum: down + across
        mean: ½ · (down / number of its terms + across / number of its terms)

    The notes have the sum; the code that is usually run, the mean. The slope where
    neighbours are equal is taken to be 0.

    Shapes:
        input   (batch, channels, height, width); two pixels a side at least for "mean"
        result  (), input's dtype

    Raises:
        ValueError: input has other axes, an unknown reduction, or a mean of nothing.

    Source: Zhang et al., "Dive into Deep Learning", "Neural Style Transfer".
    """
    exact_rank("input", input, "batch channels height width")
    check_reduction(reduction)
    pairs = [
        (input[:, :, :-1], input[:, :, 1:]),
        (input[..., :-1], input[..., 1:]),
    ]
    if reduction == "none" or (reduction == "mean" and 0 in [a.size for a, _ in pairs]):
        raise ValueError(
            f"reduction is {reduction!r} of shape {input.shape}; it must be "
            '"sum", or "mean" of two pixels a side at least'
        )
    y = np.zeros((), input.dtype)
    for first, second in pairs:
        total = sum(abs(a - b) for a, b in zip(first.flat, second.flat))
        y[()] += total / (2 * first.size) if reduction == "mean" else total
    return y


def synthesis_loss(
    image: np.ndarray,
    weight: np.ndarray,
    content: np.ndarray,
    gram: np.ndarray,
    *,
    content_weight: float,
    style_weight: float,
    tv_weight: float,
) -> np.ndarray:
    """Weigh what a synthetic image loses: its pixels are all that is learnt.

        f = conv2d(image, weight), the features, of a network that stays as it is
        L = content_weight · content_loss(f, content)
            + style_weight · style_loss(f, gram) + tv_weight · tv_loss(image)

    Shapes:
        image    (batch, channels, height, width)
        weight   (features, channels, kernel_height, kernel_width)
        content  as f: those of the image that gives the content
        gram     (batch, features, features): that of the image that gives the style
        result   (), image's dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", "Neural Style Transfer".
    """
    features = conv2d(image, weight)
    same_shape("features and content", features, content)
    y = np.zeros((), image.dtype)
    y[()] += content_weight * content_loss(features, content)[()]
    y[()] += style_weight * style_loss(features, gram)[()]
    y[()] += tv_weight * tv_loss(image)[()]
    return y
