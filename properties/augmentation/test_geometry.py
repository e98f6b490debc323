"""The laws of reference/augmentation/geometry.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import fractions, ordinary, whole_numbers, with_non_finite
from reference.augmentation.geometry import (
    crop,
    horizontal_flip,
    resize,
    resized_crop,
    vertical_flip,
)

# --- strategies

BATCHES = ((2,), (), (2, 1), (3,), (0,))
SIDES = (3, 2, 4, 1, 5)
FLIPS = [horizontal_flip, vertical_flip]


@st.composite
def images(draw, elements):
    """Images; wide ones too."""
    batch, rows, columns, wide = draw(whole_numbers((0, 4), (0, 4), (0, 4), (0, 5)))
    size = (2, (65, 33)[columns % 2]) if wide == 5 else (SIDES[rows], SIDES[columns])
    return draw(elements((*BATCHES[batch], *size)))


@st.composite
def crops(draw, elements):
    """Images, and rectangles in them; half of them reach the end."""
    x = draw(images(elements))
    limits = draw(whole_numbers((0, 255), (0, 255), (0, 255), (0, 255)))
    rows, columns = x.shape[-2:]
    top, left = limits[0] % rows, limits[1] % columns
    height, width = rows - top, columns - left
    if limits[2] % 2:
        height, width = 1 + limits[2] // 2 % height, 1 + limits[3] % width
    return x, {"top": top, "left": left, "height": height, "width": width}


@st.composite
def sizes(draw, elements, *, wide=True):
    """Images, and a size for them, larger or smaller or as they are."""
    batch, *sides, way = draw(whole_numbers((0, 4), *[(0, 4)] * 4, (0, 5)))
    old, new = [SIDES[k] for k in sides[:2]], [SIDES[k] + k for k in sides[2:]]
    if wide and way == 5:
        old[1], new[1] = ((33, 20), (9, 65), (65, 33))[sides[0] % 3]
        old[0], new[0] = 1 + sides[1] % 2, 1 + sides[2] % 2
    return draw(elements((*BATCHES[batch % (3 if way == 5 else 5)], *old))), tuple(new)


def flipped_box(box, size, flip):
    """Where a rectangle of an image is in the flipped image."""
    start, side = ("left", "width") if flip is horizontal_flip else ("top", "height")
    length = size[-1] if flip is horizontal_flip else size[-2]
    return box | {start: length - box[start] - box[side]}


def pixels(x):
    """Those of each image, in a row."""
    return x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1])


# --- identities


@pytest.mark.parametrize("flip", FLIPS)
@given(images(fractions))
def test_horizontal_flip_and_vertical_flip_are_involutive(flip, x):
    """flip(flip(x)) = x"""
    assert_equal(flip(flip(x)), x)


@given(images(fractions))
def test_crop_of_everything_is_the_image(x):
    """crop(x, 0, 0, height, width) = x"""
    assert_equal(crop(x, top=0, left=0, height=x.shape[-2], width=x.shape[-1]), x)


@given(images(fractions))
def test_resize_to_the_same_size_is_the_image(x):
    """resize(x, size of x) = x"""
    assert_equal(resize(x, size=x.shape[-2:]), x)


@given(sizes(fractions, wide=False), st.integers(-4, 4))
def test_resize_preserves_constants(example, a):
    """resize(a, size) = a: the weights of each pixel sum to one"""
    x, size = example
    left = resize(np.full(x.shape, Fraction(a, 3)), size=size)
    assert_equal(left, np.full((*x.shape[:-2], *size), Fraction(a, 3)))


@given(crops(fractions))
def test_resized_crop_to_the_crops_size_is_crop(example):
    """resized_crop(x, rectangle, its size) = crop(x, rectangle)"""
    x, box = example
    size = box["height"], box["width"]
    assert_equal(resized_crop(x, **box, size=size), crop(x, **box))


@given(sizes(fractions, wide=False))
def test_resized_crop_of_everything_is_resize(example):
    """resized_crop(x, everything, size) = resize(x, size)"""
    x, size = example
    box = {"top": 0, "left": 0, "height": x.shape[-2], "width": x.shape[-1]}
    assert_equal(resized_crop(x, **box, size=size), resize(x, size=size))


# --- algebra


@given(images(fractions))
def test_horizontal_flip_and_vertical_flip_commute(x):
    """h(v(x)) = v(h(x)), the image turned upside down"""
    left = horizontal_flip(vertical_flip(x))
    assert_equal(left, vertical_flip(horizontal_flip(x)))
    assert_equal(left, np.rot90(x, 2, axes=(-2, -1)))


@given(images(fractions))
def test_vertical_flip_is_horizontal_flip_of_the_transposed(x):
    """v(x) = h(xᵀ)ᵀ"""
    right = horizontal_flip(x.swapaxes(-1, -2)).swapaxes(-1, -2)
    assert_equal(vertical_flip(x), right)


@given(crops(fractions), st.integers(0, 3), st.integers(0, 3))
def test_crop_of_a_crop_is_a_crop(example, top, left):
    """Its corner is the sum of both corners"""
    x, box = example
    top, left = top % box["height"], left % box["width"]
    inner = {"height": box["height"] - top, "width": box["width"] - left}
    twice = crop(crop(x, **box), top=top, left=left, **inner)
    corner = {"top": box["top"] + top, "left": box["left"] + left}
    assert_equal(twice, crop(x, **corner, **inner))


@given(sizes(fractions, wide=False), st.integers(-3, 3))
def test_resize_is_linear(example, a):
    """resize(a · x + flip(x)) = a · resize(x) + resize(flip(x))"""
    x, size = example
    z = vertical_flip(x)
    left = resize(a * x + z, size=size)
    assert_equal(left, a * resize(x, size=size) + resize(z, size=size))


@given(sizes(fractions, wide=False))
def test_resize_is_separable(example):
    """First the rows, then the columns, or the other way round"""
    x, (height, width) = example
    rows, columns = x.shape[-2:]
    left = resize(resize(x, size=(height, columns)), size=(height, width))
    right = resize(resize(x, size=(rows, width)), size=(height, width))
    assert_equal(left, resize(x, size=(height, width)))
    assert_equal(left, right)


# --- invariances


@pytest.mark.parametrize("flip", FLIPS)
@given(images(fractions))
def test_horizontal_flip_and_vertical_flip_preserve_the_histogram(flip, x):
    """Of each image: the numbers are the same, and as many"""
    assert_equal(np.sort(pixels(flip(x))), np.sort(pixels(x)))


@pytest.mark.parametrize("flip", FLIPS)
@given(crops(fractions))
def test_crop_is_equivariant_under_flips(flip, example):
    """flip(crop(x, rectangle)) = crop(flip(x), flipped rectangle)"""
    x, box = example
    right = crop(flip(x), **flipped_box(box, x.shape, flip))
    assert_equal(flip(crop(x, **box)), right)


@pytest.mark.parametrize("flip", FLIPS)
@given(sizes(fractions, wide=False))
def test_resize_is_equivariant_under_flips(flip, example):
    """resize(flip(x)) = flip(resize(x)): pixels are measured by their middles"""
    x, size = example
    assert_equal(resize(flip(x), size=size), flip(resize(x, size=size)))


@given(sizes(fractions, wide=False))
def test_resize_is_bounded_by_the_pixels(example):
    """min x ≤ resize(x) ≤ max x, of each image"""
    x, size = example
    y = pixels(resize(x, size=size))
    assert (pixels(x).min(-1, keepdims=True) <= y).all()
    assert (y <= pixels(x).max(-1, keepdims=True)).all()


# --- special cases


@given(images(fractions))
def test_resize_to_half_is_the_mean_of_four_pixels(x):
    """Of an even size: y[i, j] = (x[2i, 2j] + … + x[2i + 1, 2j + 1]) / 4"""
    x = np.concatenate([x, horizontal_flip(x)], -1)
    x = np.concatenate([x, -x], -2)
    rows, columns = x.shape[-2] // 2, x.shape[-1] // 2
    blocks = x.reshape(*x.shape[:-2], rows, 2, columns, 2)
    assert_equal(resize(x, size=(rows, columns)), blocks.sum((-3, -1)) / 4)


@given(images(fractions))
def test_resize_to_a_third_takes_the_middle_pixel(x):
    """It does not smooth first: the eight pixels around it do not matter"""
    tripled = x.repeat(3, axis=-1).repeat(3, axis=-2) * 0 + 7
    tripled[..., 1::3, 1::3] = x
    assert_equal(resize(tripled, size=x.shape[-2:]), x)


def test_resize_of_two_pixels():
    """0 and 1 on four pixels: 0, ¼, ¾, 1: the ends stay, as the middles are clipped"""
    x = np.array([[Fraction(0), Fraction(1)]])
    right = np.array([[Fraction(0), Fraction(1, 4), Fraction(3, 4), Fraction(1)]])
    assert_equal(resize(x, size=(1, 4)), right)


@pytest.mark.parametrize("count", [12, 4])
def test_resize_sees_no_pixel_that_is_more_than_one_away(count):
    """A pixel of ∞ is in no others: not even as 0 · ∞"""
    at = np.clip((np.arange(count) + 0.5) * 6 / count - 0.5, 0, 5)
    for place in range(6):
        x = np.zeros((1, 6))
        x[0, place] = np.inf
        with np.errstate(invalid="ignore"):  # 0 · ∞ of what is one away
            far = resize(x, size=(1, count))[0, abs(at - place) > 1]
        assert_equal(far, np.zeros(len(far)))


def test_resize_there_and_back_is_not_the_image():
    """0 and 1 on four pixels, then on two again: ⅛ and ⅞"""
    there = resize(np.array([[Fraction(0), Fraction(1)]]), size=(1, 4))
    back = resize(there, size=(1, 2))
    assert_equal(back, np.array([[Fraction(1, 8), Fraction(7, 8)]]))


# --- gradients


@given(crops(fractions))
def test_crop_has_its_gradient_inside_the_rectangle(example):
    """∂Σy/∂x is 1 inside, 0 outside"""
    x, box = example
    cotangent = np.ones((*x.shape[:-2], box["height"], box["width"]), int)
    (slope,) = gradient(lambda x: crop(x, **box), [x], cotangent)
    expected = np.zeros(x.shape, int)
    rows = slice(box["top"], box["top"] + box["height"])
    expected[..., rows, box["left"] : box["left"] + box["width"]] = 1
    assert (slope == expected).all()


# --- errors


@pytest.mark.parametrize("flip", FLIPS)
def test_horizontal_flip_and_vertical_flip_reject_rows(flip):
    with pytest.raises(ValueError, match=r"input has shape \(3,\)"):
        flip(np.zeros(3))


@pytest.mark.parametrize(
    "box", [(-1, 0, 1, 1), (0, 1, 1, 3), (2, 0, 1, 1), (1, 0, 2, 1), (0, 3, 1, 1)]
)
def test_crop_rejects_what_is_outside(box):
    """As resized_crop does; torchvision's crop puts zeros there"""
    box = dict(zip(("top", "left", "height", "width"), box))
    with pytest.raises(ValueError, match="it must be in the image, 2 × 3"):
        crop(np.zeros((2, 3)), **box)
    with pytest.raises(ValueError, match="it must be in the image, 2 × 3"):
        resized_crop(np.zeros((2, 3)), **box, size=(1, 1))


def test_crop_rejects_rectangles_without_pixels():
    with pytest.raises(ValueError, match="width is 0"):
        crop(np.zeros((2, 3)), top=0, left=0, height=1, width=0)


def test_resize_rejects_images_and_sizes_without_pixels():
    with pytest.raises(ValueError, match="size is"):
        resize(np.zeros((2, 3)), size=(1, 1, 1))
    with pytest.raises(ValueError, match="out_width is 0"):
        resize(np.zeros((2, 3)), size=(1, 0))
    with pytest.raises(ValueError, match="height is 0"):
        resize(np.zeros((0, 3)), size=(1, 1))
    with pytest.raises(ValueError, match="input has shape"):
        resize(np.zeros(3), size=(1, 1))


# --- agreement


@given(images(with_non_finite))
def test_horizontal_flip_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, horizontal_flip, x)


@given(images(with_non_finite))
def test_vertical_flip_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, vertical_flip, x)


@given(crops(with_non_finite))
def test_crop_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, box = example
    agree(backend, crop, x, **box)


@pytest.mark.parametrize("way", ways("resize"))
@given(sizes(ordinary))
def test_resize_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    x, size = example
    agree(backend, resize, x, way=way, size=size)


@given(crops(ordinary), st.integers(0, 4), st.integers(0, 4))
def test_resized_crop_agrees_with_backend(backend, example, rows, columns):
    """The backend is as close to the definition as its precision promises."""
    x, box = example
    agree(backend, resized_crop, x, **box, size=(SIDES[rows], SIDES[columns]))
