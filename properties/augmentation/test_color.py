"""The laws of reference/augmentation/color.py, then its agreement with backends."""

from fractions import Fraction
from functools import cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    interior,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.augmentation.color import (
    LUMA,
    adjust_brightness,
    adjust_contrast,
    adjust_hue,
    adjust_saturation,
    hsv_to_rgb,
    rgb_to_grayscale,
    rgb_to_hsv,
)

# --- strategies

BATCHES = ((2,), (), (2, 1), (0,))
ORDERS = np.array([*permutations(range(3))])
SHARES = np.array([Fraction(k, n) for n in range(1, 8) for k in range(n + 1)] * 8)[:256]
FACTORS = st.sampled_from([0.5, 1.75, 0.0, 1.0, 3.0, 0.3])
TURNS = st.sampled_from([0.1, 1 / 7, -0.25, 0.5, -0.5, 0.0, -0.3])
FRACTION_TURNS = st.integers(-12, 12).map(lambda k: Fraction(k, 24))


@cache
def shares(shape):
    """Arrays of Fractions in [0, 1], with ties, zeros and ones."""
    return codes(shape).map(lambda code: SHARES[code])


@cache
def quarters(shape):
    """Arrays of k/4 in [0, 1]."""
    return codes(shape).map(lambda code: code % 5 / 4)


@cache
def distinct(shape):
    """Colours in (0, 1) of pixels, all three of which are apart."""
    pixels = codes((*shape[:-3], *shape[-2:]))
    orders = pixels.map(lambda code: np.moveaxis(ORDERS[code % 6], -1, -3))
    return st.tuples(interior(shape), orders).map(lambda x: 0.3 * x[0] + x[1] / 3)


@st.composite
def images(draw, elements, *, channels=3, widest=65):
    """Images of three colours; wide ones too."""
    batch, rows, columns, wide = draw(whole_numbers((0, 3), (1, 2), (1, 3), (0, 7)))
    rows, columns = (
        (1, min((33, 65)[rows - 1], widest)) if wide == 7 else (rows, columns)
    )
    shape = BATCHES[batch if wide < 7 else 1]
    return draw(elements((*shape, channels, rows, columns)))


def rotated(x):
    """Red becomes green, green blue, and blue red."""
    return np.roll(x, 1, axis=-3)


def pixels(*colors):
    """An image of one row, of exact numbers, from its pixels."""
    return np.array(colors, object).T[:, None, :] + Fraction(0)


# --- identities


@given(images(shares))
def test_adjust_brightness_has_identity_one(x):
    """adjust_brightness(x, 1) = x"""
    assert_equal(adjust_brightness(x, brightness_factor=1), x)


@given(images(quarters))
def test_adjust_contrast_and_adjust_saturation_have_identity_one(x):
    """adjust_contrast(x, 1) = adjust_saturation(x, 1) = x"""
    assert_equal(adjust_contrast(x, contrast_factor=1), x)
    assert_equal(adjust_saturation(x, saturation_factor=1), x)


@given(images(shares))
def test_adjust_hue_has_identity_zero(x):
    """adjust_hue(x, 0) = x"""
    assert_equal(adjust_hue(x, hue_factor=0), x)


@given(images(shares))
def test_rgb_to_hsv_round_trips(x):
    """hsv_to_rgb(rgb_to_hsv(x)) = x"""
    assert_equal(hsv_to_rgb(rgb_to_hsv(x)), x)


@given(images(quarters))
def test_adjust_saturation_zero_is_rgb_to_grayscale(x):
    """adjust_saturation(x, 0)[c] = rgb_to_grayscale(x), of each colour"""
    gray = rgb_to_grayscale(x)
    left = adjust_saturation(x, saturation_factor=0)
    assert_equal(left, np.concatenate([gray] * 3, axis=-3))


@given(images(quarters))
def test_adjust_contrast_zero_is_the_mean_gray(x):
    """adjust_contrast(x, 0) is the same everywhere: mean(rgb_to_grayscale(x))"""
    left = adjust_contrast(bounded(x), contrast_factor=0)
    gray = rgb_to_grayscale(bounded(x)).sum((-3, -2, -1), keepdims=True)
    assert_equal(left, gray / (x.shape[-1] * x.shape[-2]) + bounded(0 * x))


# --- algebra


@given(images(shares), st.integers(0, 6), st.integers(0, 6))
def test_adjust_brightness_composes_by_products(x, a, b):
    """b · (a · x) = (a b) · x, if a ≤ 1: nothing is clipped between"""
    a, b = Fraction(a, 6), Fraction(b, 2)
    once = adjust_brightness(x, brightness_factor=a)
    left = adjust_brightness(once, brightness_factor=b)
    assert_equal(left, adjust_brightness(x, brightness_factor=a * b))


def test_adjust_brightness_does_not_compose_by_products_where_it_clips():
    """¾ · 2 is clipped to 1, and half of it is ½, not ¾"""
    x = np.full((3, 1, 1), Fraction(3, 4))
    twice = adjust_brightness(x, brightness_factor=2)
    left = adjust_brightness(twice, brightness_factor=Fraction(1, 2))
    assert_equal(left, np.full((3, 1, 1), Fraction(1, 2)))


@given(images(sixteenths), st.integers(-8, 8))
def test_rgb_to_grayscale_is_linear(x, a):
    """gray(a · x + turned x) = a · gray(x) + gray(turned x)"""
    left = rgb_to_grayscale(bounded(a * x + rotated(x)))
    right = a * rgb_to_grayscale(bounded(x)) + rgb_to_grayscale(bounded(rotated(x)))
    assert_equal(left, right)


@given(images(shares), FRACTION_TURNS, FRACTION_TURNS)
def test_adjust_hue_composes_by_sums(x, a, b):
    """Turning by a, then by b, is turning by a + b, less whole turns"""
    left = adjust_hue(adjust_hue(x, hue_factor=a), hue_factor=b)
    assert_equal(left, adjust_hue(x, hue_factor=a + b - round(a + b)))


# --- invariances


@given(images(shares), st.sampled_from([1, 2]))
def test_hsv_to_rgb_is_invariant_under_whole_turns(hsv, turns):
    """hsv_to_rgb(h + n, s, v) = hsv_to_rgb(h, s, v), of h in [−½, 0]"""
    hsv[..., 0, :, :] = (hsv[..., 0, :, :] - 1) / 2
    turned = hsv.copy()
    turned[..., 0, :, :] += turns
    assert_equal(hsv_to_rgb(turned), hsv_to_rgb(hsv))


@given(images(shares))
def test_adjust_hue_is_the_same_by_half_a_turn_either_way(x):
    """adjust_hue(x, ½) = adjust_hue(x, −½)"""
    left = adjust_hue(x, hue_factor=Fraction(1, 2))
    assert_equal(left, adjust_hue(x, hue_factor=Fraction(-1, 2)))


@given(images(shares), FRACTION_TURNS)
def test_adjust_hue_preserves_saturation_and_value(x, a):
    """(s, v) of adjust_hue(x, a) are those of x"""
    left = rgb_to_hsv(adjust_hue(x, hue_factor=a))
    assert_equal(left[..., 1:, :, :], rgb_to_hsv(x)[..., 1:, :, :])


@given(images(shares))
def test_adjust_hue_by_a_third_rotates_the_colors(x):
    """Red becomes green, green blue, and blue red"""
    assert_equal(adjust_hue(x, hue_factor=Fraction(1, 3)), rotated(x))


@given(images(shares, channels=1), FRACTION_TURNS)
def test_adjust_hue_preserves_gray(x, a):
    """Grey has no hue: adjust_hue(x, a) = x"""
    gray = np.concatenate([x] * 3, axis=-3)
    assert_equal(adjust_hue(gray, hue_factor=a), gray)


@given(images(shares), st.integers(1, 4))
def test_rgb_to_hsv_is_invariant_under_darkening_but_for_the_value(x, n):
    """rgb_to_hsv(x / n) = (h, s, v / n)"""
    hsv = rgb_to_hsv(x)
    hsv[..., 2, :, :] = hsv[..., 2, :, :] / n
    assert_equal(rgb_to_hsv(x / n), hsv)


@pytest.mark.parametrize("factor", [0, 0.5, 2])
@given(images(quarters))
def test_adjust_contrast_is_of_each_image_by_itself(factor, x):
    """adjust_contrast([x, z])[0] = adjust_contrast(x)"""
    both = np.stack([x, 1 - x])
    left = adjust_contrast(both, contrast_factor=factor)
    assert_equal(left[0], adjust_contrast(x, contrast_factor=factor))


# --- special cases


def test_rgb_to_grayscale_of_white_is_not_quite_white():
    """0.2989 + 0.587 + 0.114 = 0.9999"""
    white = rgb_to_grayscale(np.ones((3, 1, 1)))
    assert_equal(np.round(white, 12), np.array([[[0.9999]]]))
    for c, weight in enumerate(LUMA):
        color = np.zeros((3, 1, 1))
        color[c] = 1
        assert_equal(rgb_to_grayscale(color), np.array([[[weight]]]))


@given(images(quarters), st.integers(0, 4))
def test_adjust_contrast_moves_the_mean_gray_by_a_ten_thousandth(x, quarter):
    """gray(y) = factor · gray(x) + (1 − factor) · 0.9999 · gray(x) in the mean"""
    f = quarter / 4
    x = bounded(x)
    count = x.shape[-1] * x.shape[-2]
    before = rgb_to_grayscale(x).sum((-2, -1)) / count
    after = rgb_to_grayscale(adjust_contrast(x, contrast_factor=f)).sum((-2, -1))
    assert_equal(after / count, f * before + (1 - f) * sum(LUMA) * before)


def test_adjust_contrast_does_not_preserve_the_mean_gray():
    """White without contrast is 0.9999 of white, whose grey is less than that again"""
    white = np.ones((3, 1, 1))
    left = rgb_to_grayscale(adjust_contrast(white, contrast_factor=0))
    assert left < rgb_to_grayscale(white)


def test_adjust_saturation_is_not_idempotent_at_zero():
    """Grey is made a little darker: 0.9999, then 0.9999²"""
    once = adjust_saturation(np.ones((3, 1, 1)), saturation_factor=0)
    assert (adjust_saturation(once, saturation_factor=0) < once).all()


def test_rgb_to_hsv_of_the_first_colors():
    """Red, yellow, green, cyan, blue and magenta: sixths of a turn; black, white"""
    x = pixels(
        *[(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)],
        *[(0, 0, 0), (1, 1, 1)],
    )
    hues = [(Fraction(k, 6), 1, 1) for k in range(6)]
    hsv = pixels(*hues, (0, 0, 0), (0, 0, 1))
    assert_equal(rgb_to_hsv(x), hsv)
    assert_equal(hsv_to_rgb(hsv), x)


def test_adjust_contrast_and_adjust_brightness_clip():
    """What would be above 1 is 1, what would be below 0 is 0"""
    x = np.array([0.0, 1.0] * 3).reshape(3, 1, 2)
    assert_equal(adjust_contrast(x, contrast_factor=3), x)
    assert_equal(adjust_brightness(x, brightness_factor=3), x)


# --- gradients


def test_adjust_brightness_has_no_gradient_where_it_clips():
    """∂y/∂x = factor where factor · x < 1, else 0"""
    x = np.array([Fraction(1, 4), Fraction(3, 4)] * 3).reshape(3, 1, 2)
    (slope,) = gradient(
        lambda x: adjust_brightness(x, brightness_factor=2), [x], np.ones(x.shape, int)
    )
    assert (slope == np.array([2, 0] * 3).reshape(3, 1, 2)).all()


# --- errors

COLORFUL = {
    rgb_to_grayscale: {},
    adjust_contrast: {"contrast_factor": 1},
    adjust_saturation: {"saturation_factor": 1},
    adjust_hue: {"hue_factor": 0},
    rgb_to_hsv: {},
    hsv_to_rgb: {},
}


@pytest.mark.parametrize("function", COLORFUL)
@pytest.mark.parametrize("shape", [(3, 3), (1, 2, 2), (3, 4, 2, 2)])
def test_rgb_to_hsv_and_the_like_reject_other_channels(function, shape):
    with pytest.raises(ValueError, match="input has shape"):
        function(np.zeros(shape), **COLORFUL[function])


def test_adjust_brightness_rejects_two_channels():
    with pytest.raises(ValueError, match=r"input has shape \(2, 1, 1\)"):
        adjust_brightness(np.zeros((2, 1, 1)), brightness_factor=1)


@pytest.mark.parametrize("factor", [-0.5, np.nan])
def test_adjust_brightness_and_the_like_reject_negative_factors(factor):
    x = np.zeros((3, 1, 1))
    with pytest.raises(ValueError, match="must not be negative"):
        adjust_brightness(x, brightness_factor=factor)
    with pytest.raises(ValueError, match="must not be negative"):
        adjust_contrast(x, contrast_factor=factor)
    with pytest.raises(ValueError, match="must not be negative"):
        adjust_saturation(x, saturation_factor=factor)


@pytest.mark.parametrize("factor", [-0.51, 0.51, np.nan])
def test_adjust_hue_rejects_more_than_half_a_turn(factor):
    with pytest.raises(ValueError, match=r"hue_factor is .*; it must be from"):
        adjust_hue(np.zeros((3, 1, 1)), hue_factor=factor)


def test_adjust_contrast_rejects_images_without_pixels():
    with pytest.raises(ValueError, match="images must have pixels"):
        adjust_contrast(np.zeros((3, 0, 2)), contrast_factor=1)


# --- agreement


@given(images(interior), FACTORS)
def test_adjust_brightness_agrees_with_backend(backend, x, factor):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, adjust_brightness, x, brightness_factor=factor)


@given(images(with_non_finite, channels=1), FACTORS)
def test_adjust_brightness_of_one_channel_agrees_with_backend(backend, x, factor):
    """∞ is clipped to 1, and NaN stays; of 0, frameworks differ in the gradient."""
    kind = {"brightness_factor": factor}
    agree(backend, adjust_brightness, x, constant=("input",), **kind)


@given(images(with_non_finite))
def test_rgb_to_grayscale_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rgb_to_grayscale, x)


@given(images(interior), FACTORS)
def test_adjust_contrast_agrees_with_backend(backend, x, factor):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, adjust_contrast, x, contrast_factor=factor)


@given(images(interior), FACTORS)
def test_adjust_saturation_agrees_with_backend(backend, x, factor):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, adjust_saturation, x, saturation_factor=factor)


@given(images(distinct))
def test_rgb_to_hsv_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rgb_to_hsv, x)


@given(images(quarters))
def test_rgb_to_hsv_of_ties_agrees_with_backend(backend, x):
    """Grey has hue 0, and so has black; frameworks differ in its gradient."""
    agree(backend, rgb_to_hsv, x, constant=("input",))


@given(images(interior, widest=33))
def test_hsv_to_rgb_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, hsv_to_rgb, x)


@given(images(quarters))
def test_hsv_to_rgb_of_the_first_colors_agrees_with_backend(backend, x):
    """Hues 0 and 1, and saturations and values of 0 and 1"""
    agree_exactly(backend, hsv_to_rgb, x)


@given(images(distinct, widest=33), TURNS)
def test_adjust_hue_agrees_with_backend(backend, x, turn):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, adjust_hue, x, hue_factor=turn)


@given(images(quarters, widest=33), TURNS)
def test_adjust_hue_of_ties_agrees_with_backend(backend, x, turn):
    """Grey stays grey, and colours that tie turn as others do."""
    agree(backend, adjust_hue, x, constant=("input",), hue_factor=turn)
