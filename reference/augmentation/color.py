"""Colours of images: brightness, contrast, saturation and hue."""

import numpy as np

LUMA = (0.2989, 0.587, 0.114)
"""How bright red, green and blue are, as torchvision has it: ITU-R BT.601."""


def adjust_brightness(input: np.ndarray, *, brightness_factor: float) -> np.ndarray:
    """Make images brighter, or darker.

        y[i] = clip(brightness_factor · x[i], 0, 1)

    Shapes: input and result (*batch, 3, height, width), or with one channel.

    Units: colours are in [0, 1]; factor 0 is black, 1 the image itself.

    Raises:
        ValueError: input has other axes, or a negative factor.

    Source: torchvision's documentation of adjust_brightness.
    """
    _check(input, brightness_factor, channels=(1, 3))
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = _clipped(brightness_factor * input[i])
    return y


def rgb_to_grayscale(input: np.ndarray) -> np.ndarray:
    """Weigh the colours of pixels by how bright they are.

        y[…, 0, i, j] = 0.2989 · red + 0.587 · green + 0.114 · blue
        The three add up to 0.9999: white is not quite 1.

    Shapes:
        input   (*batch, 3, height, width)
        result  (*batch, 1, height, width), input's dtype

    Raises:
        ValueError: input has other axes.

    Source: torchvision's documentation of rgb_to_grayscale, and its weights.
    """
    _check(input, 1, channels=(3,))
    *batch, _, height, width = input.shape
    y = np.zeros((*batch, 1, height, width), input.dtype)
    for *n, i, j in np.ndindex(*batch, height, width):
        y[*n, 0, i, j] = sum(a * input[*n, c, i, j] for c, a in enumerate(LUMA))
    return y


def adjust_contrast(input: np.ndarray, *, contrast_factor: float) -> np.ndarray:
    """Move pixels away from the mean brightness of their image, or to it.

        y[n, i] = clip(factor · x[n, i] + (1 − factor) · mean[n], 0, 1)
        mean[n] = the mean of rgb_to_grayscale(x[n]) over its pixels

    Shapes: input and result (*batch, 3, height, width).

    Units: colours are in [0, 1]; factor 0 is grey all over, 1 the image itself.

    Raises:
        ValueError: input has other axes or no pixels, or a negative factor.

    Source: torchvision's documentation of adjust_contrast.
    """
    _check(input, contrast_factor, channels=(3,))
    if 0 in input.shape[-2:]:
        raise ValueError(f"input has shape {input.shape}; images must have pixels")
    gray = rgb_to_grayscale(input)
    y = np.zeros(input.shape, input.dtype)
    for n in np.ndindex(input.shape[:-3]):
        mean = sum(gray[n].flat) / gray[n].size
        for i in np.ndindex(input.shape[-3:]):
            y[n + i] = _blend(input[n + i], mean, contrast_factor)
    return y


def adjust_saturation(input: np.ndarray, *, saturation_factor: float) -> np.ndarray:
    """Move the colours of pixels away from grey, or to it.

        y[c, i, j] = clip(factor · x[c, i, j] + (1 − factor) · gray[i, j], 0, 1)
        gray = rgb_to_grayscale(x)

    Shapes: input and result (*batch, 3, height, width).

    Units: colours are in [0, 1]; factor 0 is grey, 1 the image itself.

    Raises:
        ValueError: input has other axes, or a negative factor.

    Source: torchvision's documentation of adjust_saturation.
    """
    _check(input, saturation_factor, channels=(3,))
    gray = rgb_to_grayscale(input)
    y = np.zeros(input.shape, input.dtype)
    for *n, c, i, j in np.ndindex(input.shape):
        mine = input[*n, c, i, j], gray[*n, 0, i, j]
        y[*n, c, i, j] = _blend(*mine, saturation_factor)
    return y


def rgb_to_hsv(input: np.ndarray) -> np.ndarray:
    """Tell the hue, the saturation and the value of pixels.

        value = max(red, green, blue),  d = value − min(red, green, blue)
        saturation = d / value, 0 where value is 0
        hue = 1/6 · (green − blue) / d, one more where that is below 0, for red the
              largest; 1/6 · (2 + (blue − red) / d) for green, and
              1/6 · (4 + (red − green) / d) for blue; 0 for grey. Of colours as large,
              red comes before green before blue.

    Shapes: input and result (*batch, 3, height, width).

    Units: all are in [0, 1]; the hue in turns, 1 being red again.

    Raises:
        ValueError: input has other axes.

    Source: Smith, "Color Gamut Transform Pairs" (1978).
    """
    _check(input, 1, channels=(3,))
    y = np.zeros(input.shape, input.dtype)
    for *n, i, j in np.ndindex(*input.shape[:-3], *input.shape[-2:]):
        y[*n, :, i, j] = _hsv(*input[*n, :, i, j])
    return y


def hsv_to_rgb(input: np.ndarray) -> np.ndarray:
    """Mix the colours of pixels from hue, saturation and value.

        y[c] = value · (1 − saturation · dip(6 · hue + 5)), + 3 for green, + 1 for blue
        dip(k) = max(0, min(k mod 6, 4 − k mod 6, 1))

    Shapes: input and result (*batch, 3, height, width).

    Units: as of `rgb_to_hsv`; hues −½ to 2 are what they are a turn away.

    Raises:
        ValueError: input has other axes.

    Source: Smith, "Color Gamut Transform Pairs" (1978), in one formula.
    """
    _check(input, 1, channels=(3,))
    y = np.zeros(input.shape, input.dtype)
    for *n, i, j in np.ndindex(*input.shape[:-3], *input.shape[-2:]):
        hue, saturation, value = input[*n, :, i, j]
        for c, shift in enumerate((5, 3, 1)):
            share = saturation * _dip(6 * hue + shift)
            y[*n, c, i, j] = value * (1 - share)
    return y


def adjust_hue(input: np.ndarray, *, hue_factor: float) -> np.ndarray:
    """Turn the hues of pixels.

        y = hsv_to_rgb(h + factor, s, v),   (h, s, v) = rgb_to_hsv(x)

    Shapes: input and result (*batch, 3, height, width).

    Units: colours are in [0, 1]; factor counts turns, −½ to ½.

    Raises:
        ValueError: input has other axes, or the factor is outside [−½, ½].

    Source: torchvision's documentation of adjust_hue.
    """
    if not -0.5 <= hue_factor <= 0.5:
        raise ValueError(f"hue_factor is {hue_factor}; it must be from -0.5 to 0.5")
    hsv = rgb_to_hsv(input)
    hsv[..., 0, :, :] = hsv[..., 0, :, :] + hue_factor
    return hsv_to_rgb(hsv)


def _hsv(red, green, blue):
    value = max(red, green, blue)
    spread = value - min(red, green, blue)
    if red == green == blue:
        return 0, 0, value
    if red >= green and red >= blue:
        hue = (green - blue) / spread / 6 + (1 if green < blue else 0)
    elif green >= blue:
        hue = (2 + (blue - red) / spread) / 6
    else:
        hue = (4 + (red - green) / spread) / 6
    return hue, spread / value, value


def _dip(k):
    """max(0, min(k mod 6, 4 − k mod 6, 1)), without a jump that could be undecided."""
    total = 0
    for turn in range(3):
        at = k - 6 * turn
        total = total + np.maximum(0, np.minimum(np.minimum(at, 4 - at), 1))
    return total


def _blend(first, second, share):
    return _clipped(share * first + (1 - share) * second)


def _clipped(number):
    return np.minimum(np.maximum(number, 0), 1)


def _check(input, factor, *, channels):
    if input.ndim < 3 or input.shape[-3] not in channels:
        raise ValueError(
            f"input has shape {input.shape}; it must be (…, channels, height, width) "
            f"with {channels} channels"
        )
    if not factor >= 0:
        raise ValueError(f"the factor is {factor}; it must not be negative")
