"""The laws of reference/augmentation/crop_choice.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest

from properties.agreement import agree, assert_equal
from properties.strategies import codes, whole_numbers
from reference.augmentation.crop_choice import random_crop_box

# --- strategies

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""

SEEDS = st.integers(0, 2**32 - 1)
SCALES = st.sampled_from([(0.25, 0.75), (0.08, 1.0), (1.0, 1.0), (0.5, 0.5)])
RATIOS = st.sampled_from([(0.75, 4 / 3), (1.0, 1.0), (0.25, 0.5), (2.0, 5.0)])


@st.composite
def choices(draw):
    """Four uniform numbers k/256, zeros among them, and an image's sides."""
    sides = draw(whole_numbers((1, 40), (1, 64)))
    limits = {"scale": draw(SCALES), "ratio": draw(RATIOS)}
    return draw(codes((4,))) / 256, {"height": sides[0], "width": sides[1]} | limits


def boxes_of(seed, count, **options):
    """Rectangles by so many random choices."""
    noise = np.random.default_rng(seed).random((count, 4))
    return np.array([random_crop_box(uniforms, **options) for uniforms in noise])


# --- invariances


@given(choices())
def test_random_crop_box_is_in_the_image(example):
    """0 ≤ top ≤ height − h, h ≥ 1, and so across"""
    uniforms, options = example
    top, left, h, w = random_crop_box(uniforms, **options)
    assert 0 <= top <= options["height"] - h < options["height"]
    assert 0 <= left <= options["width"] - w < options["width"]


@given(choices())
def test_random_crop_box_is_equivariant_under_turning_the_image(example):
    """At ratio 1, height for width and u₂ for u₃ give h for w and top for left"""
    uniforms, options = example
    options |= {"ratio": (1.0, 1.0)}
    turned = options | {"height": options["width"], "width": options["height"]}
    top, left, h, w = random_crop_box(uniforms, **options)
    right = random_crop_box(uniforms[[0, 1, 3, 2]], **turned)
    assert_equal(np.array([left, top, w, h]), right)


@given(choices())
def test_random_crop_box_has_the_area_and_the_ratio_but_for_rounding(example):
    """|h w − area| ≤ (h + w) / 2 + ¼, and scale and ratio are in their ranges"""
    uniforms, options = example
    options |= {"height": 90, "width": 80, "scale": (0.05, 0.1)}
    *_, h, w = random_crop_box(uniforms, **options)
    area = 7200 * (0.05 + 0.05 * uniforms[0])
    assert 2 * abs(h * w - area) <= h + w + 1
    least, most = options["ratio"]
    assert (w + 0.5) / (h - 0.5) > least
    assert (w - 0.5) / (h + 0.5) < most


# --- special cases


@given(codes((4,)), st.integers(1, 20))
def test_random_crop_box_of_everything_is_the_image(code, side):
    """scale 1, ratio 1, of a square: (0, 0, side, side)"""
    limits = {"scale": (1.0, 1.0), "ratio": (1.0, 1.0)}
    box = random_crop_box(code / 256, height=side, width=side, **limits)
    assert_equal(box, np.array([0, 0, side, side], np.int64))


def test_random_crop_box_of_least_and_greatest_numbers():
    """Of 10 × 20: scale ½ and ratio 1 give 10 × 10, at left 0 … 10"""
    limits = {"height": 10, "width": 20, "scale": (0.5, 0.5), "ratio": (1.0, 1.0)}
    for u, left in ((0.0, 0), (0.5, 5), (1 - 2.0**-53, 10)):
        box = random_crop_box(np.array([0.3, 0.7, u, u]), **limits)
        assert_equal(box, np.array([0, left, 10, 10]))


def test_random_crop_box_of_less_than_a_pixel_is_one():
    options = {"scale": (1e-3, 1e-3), "ratio": (1.0, 1.0)}
    box = random_crop_box(np.zeros(4), height=10, width=10, **options)
    assert_equal(box, np.array([0, 0, 1, 1]))


def test_random_crop_box_rounds_halves_up():
    """The square of a quarter of 3 · 3 pixels has a side of 1.5, which is 2"""
    options = {"scale": (0.25, 0.25), "ratio": (1.0, 1.0)}
    box = random_crop_box(np.zeros(4), height=3, width=3, **options)
    assert_equal(box, np.array([0, 0, 2, 2]))


def test_random_crop_box_of_a_flat_image_is_cut_to_its_height():
    """Of 2 × 50: √(100 · ½) rounds to 7, but the image is 2 high"""
    limits = {"scale": (0.5, 0.5), "ratio": (1.0, 1.0)}
    box = random_crop_box(np.zeros(4), height=2, width=50, **limits)
    assert_equal(box, np.array([0, 0, 2, 7]))


# --- distributions


@given(SEEDS)
def test_random_crop_box_has_places_as_probable_as_each_other(seed):
    """P(top = k) = 1 / (height − h + 1), and so across"""
    limits = {"scale": (0.5, 0.5), "ratio": (1.0, 1.0)}
    boxes = boxes_of(seed, 150, height=5, width=10, **limits)
    assert (boxes[:, [0, 2, 3]] == [0, 5, 5]).all()
    counts = np.bincount(boxes[:, 1], minlength=6)
    assert chisquare(counts).pvalue > FALSE_ALARM


@given(SEEDS)
def test_random_crop_box_has_a_ratio_whose_logarithm_is_uniform(seed):
    """log(w / h) is uniform between those of ratio, but for the rounding of h and w"""
    limits = {"scale": (0.25, 0.25), "ratio": (0.5, 2.0)}
    boxes = boxes_of(seed, 60, height=64, width=64, **limits)
    noise = np.random.default_rng(seed ^ 1).random(60)
    logs = np.log(boxes[:, 3] / boxes[:, 2]) + (noise - 0.5) / 32
    assert kstest(logs / np.log(4) + 0.5, "uniform").pvalue > FALSE_ALARM


# --- errors


@pytest.mark.parametrize("shape", [(3,), (4, 1), ()])
def test_random_crop_box_rejects_other_counts_of_numbers(shape):
    with pytest.raises(ValueError, match="uniforms has shape"):
        random_crop_box(np.zeros(shape), height=2, width=2)


@pytest.mark.parametrize("limits", [(0.5, 0.25), (0, 1), (-1, 1)])
@pytest.mark.parametrize("name", ["scale", "ratio"])
def test_random_crop_box_rejects_limits(name, limits):
    with pytest.raises(ValueError, match="0 < least ≤ most"):
        random_crop_box(np.zeros(4), height=2, width=2, **{name: limits})


def test_random_crop_box_rejects_images_without_pixels():
    with pytest.raises(ValueError, match="width is 0"):
        random_crop_box(np.zeros(4), height=2, width=0)


# --- agreement


@given(choices())
def test_random_crop_box_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    uniforms, options = example
    agree(backend, random_crop_box, uniforms, constant=("uniforms",), **options)
