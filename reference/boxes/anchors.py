"""Anchor boxes: where they are centred, how large they are, and how many there are."""

import numpy as np

from reference.arguments import check_least, exact_rank

CONVENTIONS = ("area", "side", "height")


def anchor_centers(data: np.ndarray) -> np.ndarray:
    """Put one centre into the middle of each pixel of an image or a feature map.

        centre[i · width + j] = (j + ½, i + ½)
        As shares of the image, ((j + ½) / width, (i + ½) / height): a small feature
        map samples a large image evenly. Only data's last two sides are looked at.

    Shapes:
        data    (*batch, height, width)
        result  (height · width, 2), data's dtype: x, y

    Units: pixels.

    Raises:
        ValueError: data without two axes, or without pixels.

    Source: Zhang et al., "Dive into Deep Learning", sections 14.4.1 and 14.5.1.
    """
    if data.ndim < 2:
        raise ValueError(f"data has shape {data.shape}; it needs a height and a width")
    height, width = data.shape[-2:]
    check_least(1, height=height, width=width)
    places = np.ndindex(height, width)
    return np.array([(j + 0.5, i + 0.5) for i, j in places], data.dtype)


def anchor_size(
    sizes: np.ndarray,
    ratios: np.ndarray,
    *,
    image_size: tuple[int, int],
    convention: str = "height",
) -> np.ndarray:
    """Turn a size and a ratio into the width and the height of an anchor.

        "area"     width · √s · √r,  height · √s / √r:  s is the anchor's share of
                   the image's area, r its aspect ratio in units of the image's
        "side"     width · s · √r,   height · s / √r:   s is the root of that share
        "height"   height · s · √r,  height · s / √r:   s is in units of the height,
                   r the aspect ratio that one sees

    The notes define the first and call code that does the third; the text beside that
    code has the second. On a square image the last two are the same.

    Shapes:
        sizes   (n), positive
        ratios  (n), positive
        result  (n, 2), sizes' dtype: width, height

    Units: pixels; image_size is (height, width).

    Raises:
        ValueError: shapes that do not fit each other, or an unknown convention.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.1: its text is
        "side", its code "height".
    """
    exact_rank("sizes", sizes, "n")
    if sizes.shape != ratios.shape:
        raise ValueError(f"sizes are {sizes.shape}, ratios {ratios.shape}")
    if convention not in CONVENTIONS:
        raise ValueError(f"convention is {convention!r}; it may be {CONVENTIONS}")
    height, width = image_size
    anchors = np.zeros((len(sizes), 2), sizes.dtype)
    for k, (size, ratio) in enumerate(zip(sizes, ratios)):
        root = np.sqrt(ratio)
        share = np.sqrt(size) if convention == "area" else size
        unit = height if convention == "height" else width
        anchors[k] = unit * share * root, height * share / root
    return anchors


def anchor_combinations(sizes: np.ndarray, ratios: np.ndarray) -> np.ndarray:
    """Pair sizes with ratios, only those pairs that have the first of one of them.

        (s₁, r₁), (s₂, r₁), …, (sₙ, r₁), (s₁, r₂), …, (s₁, rₘ)

    Shapes:
        sizes   (n)
        ratios  (m)
        result  (n + m − 1, 2), sizes' dtype: size, ratio

    Raises:
        ValueError: no sizes or no ratios.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.1; the notes list
        those with the first size first.
    """
    for name, numbers in [("sizes", sizes), ("ratios", ratios)]:
        exact_rank(name, numbers, "n")
        if not len(numbers):
            raise ValueError(f"there are no {name}")
    pairs = np.zeros((len(sizes) + len(ratios) - 1, 2), sizes.dtype)
    for k in range(len(pairs)):
        further = k - len(sizes) + 1
        pairs[k] = (
            (sizes[k], ratios[0]) if further <= 0 else (sizes[0], ratios[further])
        )
    return pairs


def multibox_prior(
    data: np.ndarray, sizes: np.ndarray, ratios: np.ndarray
) -> np.ndarray:
    """Put anchors of several sizes and ratios around each pixel.

        Around (x, y) of `anchor_centers`, for each pair of `anchor_combinations`, the
        "height" of `anchor_size` gives w and h:
        ((x − w / 2) / W, (y − h / 2) / H, (x + w / 2) / W, (y + h / 2) / H)

    Only data's last two sides, H and W, are looked at. There are n + m − 1 anchors to
    a pixel: with n sizes and m ratios, not with sizes of n and ratios of m.

    Shapes:
        data    (*batch, height, width)
        sizes   (n), positive
        ratios  (m), positive
        result  (1, height · width · (n + m − 1), 4), sizes' dtype: by pixel, row by
                row, then by pair; left, top, right, bottom

    Units: shares of the image's width and height; anchors may reach out of it.

    Raises:
        ValueError: data without two axes or without pixels, no sizes, or no ratios.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.1.
    """
    centers = anchor_centers(data)
    height, width = data.shape[-2:]
    pairs = anchor_combinations(sizes, ratios)
    half = anchor_size(pairs[:, 0], pairs[:, 1], image_size=(height, width)) / 2
    anchors = np.zeros((1, len(centers) * len(pairs), 4), sizes.dtype)
    for n, k in np.ndindex(len(centers), len(pairs)):
        (x, y), (w, h) = centers[n], half[k]
        corners = (x - w) / width, (y - h) / height, (x + w) / width, (y + h) / height
        anchors[0, n * len(pairs) + k] = corners
    return anchors


def placement_count(*, height: int, width: int, box_height: int, box_width: int) -> int:
    """Count the places that a box has in an image: small objects have more.

        Σ 1 over corners (i, j) with i + box_height ≤ height, j + box_width ≤ width
        = (height − box_height + 1) · (width − box_width + 1), 0 if it is too large

    Units: pixels.

    Raises:
        ValueError: a side below 1.

    Source: Zhang et al., "Dive into Deep Learning", section 14.5.1.
    """
    sides = {"box_height": box_height, "box_width": box_width}
    check_least(1, height=height, width=width, **sides)
    return sum(
        i + box_height <= height and j + box_width <= width
        for i, j in np.ndindex(height, width)
    )
