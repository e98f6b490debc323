"""The laws of reference/segmentation/pixels.py, then its agreement with backends."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import codes, sixteenths, whole_numbers, wide
from reference.classification.cross_entropy import cross_entropy
from reference.segmentation.pixels import (
    class_areas,
    label_colors,
    label_indices,
    pixel_cross_entropy,
)

# --- strategies

LARGE = [(33, 1, 1), (3, 33, 1), (2, 1, 65), (65, 1, 1)]
"""Classes, heights and widths: vectors of 32 and 64, and one more."""

VOC = [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 128), (128, 0, 128)]
"""Background, aeroplane, bicycle, bird, boat and bottle, as Pascal VOC paints them."""


@st.composite
def scenes(draw, elements):
    """Logits of the classes of pixels, targets, and which target is to be ignored.

    The first pixel of an image never is.
    """
    kind, batch, classes, *size = draw(whole_numbers((0, 15), *[(1, 3)] * 4))
    if kind < len(LARGE):
        batch, (classes, *size) = 1, LARGE[kind]
    drawn = draw(codes((batch, *size))).astype(np.int64)
    ignore_index = draw(st.sampled_from([255, -100, 0, classes - 1][: 2 * classes]))
    target = np.where(drawn > 200, ignore_index, drawn % classes)
    target[:, 0, 0] = max(ignore_index + 1, 0) % min(classes, 255)
    return (draw(elements((batch, classes, *size))), target), ignore_index


@cache
def palettes(count):
    """So many colours, no two the same: bytes, some of whose parts are alike."""
    shades = np.arange(count) * 37 % 256
    return codes((3,)).map(
        lambda code: np.stack(
            [shades, shades // 2 + code[1] // 2, code[2] + 0 * shades], 1
        )
    )


@st.composite
def paintings(draw):
    """Classes of pixels, and the colours of classes, some of more than 32 or 64."""
    height, width, kind = draw(whole_numbers((0, 5), (0, 5), (0, 7)))
    count = (33, 3, 2, 1, 21, 5, 4, 65)[kind]
    target = (draw(codes((height, width))) % count).astype(np.int64)
    return target, draw(palettes(count))


@st.composite
def photographs(draw):
    """Colours of pixels, some of no class, and colours of classes, some of several."""
    target, palette = draw(paintings())
    strange, again = draw(codes(target.shape)) > 200, draw(st.booleans())
    image, channel = palette[target], draw(st.integers(0, 2))
    image[..., channel] ^= np.where(strange, 1, 0)
    return image, np.concatenate([palette, palette[::-1]]) if again else palette


def lost(x, target, ignore_index=255):
    return pixel_cross_entropy(bounded(x), target, ignore_index=ignore_index)


# --- identities


@given(scenes(sixteenths))
def test_pixel_cross_entropy_is_that_of_pixels_in_a_row(example):
    """L[n] = the mean of cross_entropy of the image's pixels that count"""
    (x, target), ignore_index = example
    for image, classes, left in zip(x, target, lost(x, target, ignore_index)):
        rows = bounded(np.moveaxis(image, 0, -1).reshape(-1, len(image)))
        right = cross_entropy(rows, classes.ravel(), ignore_index=ignore_index)
        assert_equal(np.array(left), right)


@given(paintings())
def test_label_indices_inverts_label_colors(example):
    """indices(colors(t)) = t: no two classes have a colour"""
    target, palette = example
    assert_equal(label_indices(label_colors(target, palette), palette), target)


@given(paintings())
def test_label_colors_inverts_label_indices(example):
    """colors(indices(x)) = x for an image in colours of the palette"""
    target, palette = example
    image = label_colors(target, palette)
    assert_equal(label_colors(label_indices(image, palette), palette), image)


@given(paintings())
def test_class_areas_sum_to_the_image(example):
    """Σ_k areas[k] = height · width, none below 0"""
    target, palette = example
    areas = class_areas(target, num_classes=len(palette))
    assert areas.sum() == target.size
    assert (areas >= 0).all()


@given(paintings(), st.integers(0, 5))
def test_class_areas_are_additive_over_parts(example, row):
    """areas(above) + areas(below) = areas(image)"""
    target, palette = example
    above, below, whole = (
        class_areas(part, num_classes=len(palette))
        for part in (target[:row], target[row:], target)
    )
    assert_equal(above + below, whole)


# --- invariances


@given(paintings())
def test_class_areas_are_equivariant_under_other_names_of_classes(example):
    """Classes numbered backwards have areas backwards"""
    target, palette = example
    n = len(palette)
    left = class_areas(n - 1 - target, num_classes=n)
    assert_equal(left, class_areas(target, num_classes=n)[::-1])


@given(scenes(sixteenths), sixteenths((1,)))
def test_pixel_cross_entropy_is_invariant_under_shifts_of_logits(example, c):
    """softmax does not see c, one for all classes of a pixel"""
    (x, target), ignore_index = example
    assert_equal(lost(x + c, target, ignore_index), lost(x, target, ignore_index))


@given(scenes(sixteenths), sixteenths((1,)))
def test_pixel_cross_entropy_is_invariant_under_what_is_ignored(example, other):
    """Logits of pixels that are ignored are of no account"""
    (x, target), ignore_index = example
    changed = np.where(target[:, None] == ignore_index, other, x)
    assert_equal(lost(changed, target, ignore_index), lost(x, target, ignore_index))


@given(scenes(sixteenths))
def test_pixel_cross_entropy_is_invariant_under_the_order_of_pixels(example):
    """An image and its classes, both turned around"""
    (x, target), ignore_index = example
    left = lost(x[..., ::-1, ::-1], target[:, ::-1, ::-1], ignore_index)
    assert_equal(left, lost(x, target, ignore_index))


@given(scenes(sixteenths))
def test_pixel_cross_entropy_treats_each_image_by_itself(example):
    """L([a, b]) = [L(a), L(b)], however many pixels of each are ignored"""
    (x, target), ignore_index = example
    options = {"ignore_index": ignore_index}
    alone = [
        pixel_cross_entropy(x[n : n + 1], target[n : n + 1], **options)
        for n in range(len(x))
    ]
    assert_equal(pixel_cross_entropy(x, target, **options), np.concatenate(alone))


# --- special cases


@pytest.mark.parametrize("classes", [1, 2, 21])
def test_pixel_cross_entropy_of_equal_logits_is_the_logarithm_of_classes(classes):
    """log(classes), whatever the targets"""
    x, target = np.zeros((1, classes, 2, 2)), np.array([[[0, classes - 1], [0, 0]]])
    assert_equal(lost(x, target), np.log(bounded(np.array([float(classes)]))))


def test_pixel_cross_entropy_of_nothing_is_nan():
    """0 / 0 where every pixel is ignored; the other image has its own"""
    x, target = np.zeros((2, 1, 1, 2)), np.array([[[255, 255]], [[0, 255]]])
    with np.errstate(invalid="ignore"):
        assert_equal(pixel_cross_entropy(x, target), np.array([np.nan, 0]))


def test_label_indices_of_worked_example():
    """Pascal VOC: (128, 0, 0) is an aeroplane, 1; the white of borders is background"""
    image = np.array([[VOC[1], VOC[0], VOC[5]], [(224, 224, 192), VOC[4], VOC[2]]])
    assert_equal(label_indices(image, np.array(VOC)), np.array([[1, 0, 5], [0, 4, 2]]))


def test_label_indices_of_a_colour_of_several_classes_is_the_first():
    """palette[1] = palette[2]: 1"""
    palette = np.array([VOC[0], VOC[1], VOC[1]])
    assert_equal(label_indices(palette[None], palette), np.array([[0, 1, 1]]))


def test_class_areas_of_worked_example():
    """Three pixels of background, one of class 1, none of class 2"""
    assert_equal(
        class_areas(np.array([[0, 0], [1, 0]]), num_classes=3), np.array([3, 1, 0])
    )


# --- gradients


@given(scenes(sixteenths))
def test_pixel_cross_entropy_has_no_gradient_where_it_is_ignored(example):
    """Σ_k ∂L/∂x[n, k, i, j] = 0, and each is 0 where the target is ignored"""
    (x, target), ignore_index = example
    (slope,) = gradient(
        lambda z: pixel_cross_entropy(z, target, ignore_index=ignore_index),
        [bounded(x)],
        bounded(np.ones(len(x))),
    )
    ignored = np.broadcast_to((target == ignore_index)[:, None], x.shape)
    assert not any(slope[ignored])
    assert_equal(slope.sum(axis=1), np.zeros(target.shape))


# --- errors


def test_pixels_reject_what_does_not_fit():
    """A ValueError says what the shape or the class was."""
    image, palette, target = np.zeros((2, 2, 3), int), np.array(VOC), np.full((1, 1), 6)
    for problem, operation, arguments, options in [
        ("input has shape", pixel_cross_entropy, (np.zeros((2, 2)), target), {}),
        ("have shapes", pixel_cross_entropy, (np.zeros((0, 1, 1, 1)), target), {}),
        ("have shapes", pixel_cross_entropy, (np.zeros((9, 1, 9, 9)), target), {}),
        ("image has shape", label_indices, (image[0], palette), {}),
        ("image has shape", label_indices, (image, palette[:, :2]), {}),
        ("palette has shape", label_indices, (image, palette[0]), {}),
        ("classes is 0", label_indices, (image, palette[:0]), {}),
        ("target has shape", label_colors, (image, palette), {}),
        ("palette has shape", label_colors, (target, palette[0]), {}),
        ("there are 6 classes", label_colors, (target, palette), {}),
        ("there are 6 classes", class_areas, (-target,), {"num_classes": 6}),
        ("there are 5 classes", class_areas, (target,), {"num_classes": 5}),
        ("target has shape", class_areas, (image,), {"num_classes": 6}),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*arguments, **options)


# --- agreement


@given(scenes(wide))
def test_pixel_cross_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, ignore_index = example
    agree(backend, pixel_cross_entropy, *tensors, ignore_index=ignore_index)


@given(photographs())
def test_label_indices_agrees_with_backend(backend, example):
    """The backend finds the very classes."""
    agree(backend, label_indices, *example)


@given(paintings())
def test_label_colors_agrees_with_backend(backend, example):
    """The backend has the very colours."""
    agree(backend, label_colors, *example)


@given(paintings(), st.integers(0, 2))
def test_class_areas_agrees_with_backend(backend, example, more):
    """The backend counts the same, classes without pixels too."""
    target, palette = example
    agree(backend, class_areas, target, num_classes=len(palette) + more)
