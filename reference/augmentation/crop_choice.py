"""Which rectangle a random crop takes."""

import numpy as np

from reference.arguments import check_least
from reference.numbers import floor


def random_crop_box(
    uniforms: np.ndarray,
    *,
    height: int,
    width: int,
    scale: tuple[float, float] = (0.08, 1.0),
    ratio: tuple[float, float] = (3 / 4, 4 / 3),
) -> np.ndarray:
    """Choose the size, the ratio and the place of a crop by four random numbers.

        area = height · width · (scale[0] + u₀ · (scale[1] − scale[0]))
        r = e^(ln ratio[0] + u₁ · (ln ratio[1] − ln ratio[0]))
        w = ⌊√(area · r) + ½⌋,  h = ⌊√(area / r) + ½⌋, each at least 1 and at most the
        image's side; top = ⌊u₂ · (height − h + 1)⌋, left = ⌊u₃ · (width − w + 1)⌋
        torchvision tries anew, up to ten times, where a side is larger than the image.

    Shapes:
        uniforms  (4), in [0, 1)
        result    (4), int64: top, left, h, w

    Units: pixels; scale is the share of the image's area, ratio that of w to h.

    Raises:
        ValueError: uniforms of another shape, a side below 1, or limits that are not
            positive or the wrong way round.

    Source: torchvision's documentation of RandomResizedCrop.
    """
    if uniforms.shape != (4,):
        raise ValueError(f"uniforms has shape {uniforms.shape}; it must be (4)")
    check_least(1, height=height, width=width)
    if not (0 < scale[0] <= scale[1] and 0 < ratio[0] <= ratio[1]):
        raise ValueError(f"scale is {scale}, ratio {ratio}; 0 < least ≤ most")
    area = height * width * (scale[0] + uniforms[0] * (scale[1] - scale[0]))
    logs = np.log(ratio[0]), np.log(ratio[1])
    r = np.exp(logs[0] + uniforms[1] * (logs[1] - logs[0]))
    w = min(max(floor(np.sqrt(area * r) + 0.5), 1), width)
    h = min(max(floor(np.sqrt(area / r) + 0.5), 1), height)
    top = floor(uniforms[2] * (height - h + 1))
    left = floor(uniforms[3] * (width - w + 1))
    return np.array([top, left, h, w], np.int64)
