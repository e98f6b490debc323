"""The laws of reference/anchors.py, then its agreement with the backends."""

from functools import cache
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.boxes.strategies import POOL, spread
from properties.strategies import codes, whole_numbers
from reference.boxes.anchors import (
    CONVENTIONS,
    anchor_centers,
    anchor_combinations,
    anchor_size,
    multibox_prior,
    placement_count,
)
from reference.boxes.box_formats import box_convert
from reference.windows import output_size

# --- strategies

sides = st.sampled_from([2, 1, 3, 4, 5])
widths = st.sampled_from([2, 1, 3, 4, 5] * 3 + [17, 33, 65])
conventions = st.sampled_from(CONVENTIONS)


@cache
def shares(n):
    """Sizes, k/16: with ratios of `squares`, anchors are exact."""
    return codes((n,)).map(lambda code: (code % 16 + 1) / 16)


@cache
def squares(n):
    """Ratios that are squares of powers of 2."""
    return codes((n,)).map(lambda code: 4.0 ** (code % 5 - 2.0))


@cache
def ratios(n):
    """Ratios between e⁻² and e², with random bits."""
    return spread((n,)).map(lambda drawn: np.exp(4 * drawn - 2))


@cache
def portions(n):
    """Sizes between 0.05 and 1.05, with random bits."""
    return spread((n,)).map(lambda drawn: drawn + 0.05)


@st.composite
def priors(draw, sizes, ratios, *, pixels=widths):
    """A feature map of any batch, with sizes and ratios of anchors."""
    height, width, (n, m) = draw(sides), draw(pixels), draw(counts)
    if width > 5:
        height, n, m = 1, min(n, 2), min(m, 2)
    if draw(st.booleans()):
        height, width = width, height
    shape = (*draw(st.sampled_from([(), (2,), (1, 3)])), height, width)
    return np.resize(POOL, shape), draw(sizes(n)), draw(ratios(m))


counts = whole_numbers((1, 4), (1, 4))
matched = st.sampled_from([3, 1, 2, 17, 33]).flatmap(
    lambda n: st.tuples(portions(n), ratios(n))
)
exact = priors(shares, squares, pixels=sides)


# --- invariances


@given(exact, st.integers(1, 9))
def test_multibox_prior_is_invariant_under_the_values_of_the_map(example, a):
    """Anchors depend on the height and the width of a map alone."""
    data, *options = example
    last = np.full(data.shape[-2:], a / 2)
    assert_equal(multibox_prior(last, *options), multibox_prior(data, *options))


@given(exact)
def test_multibox_prior_is_symmetric_under_flips(example):
    """(x, y) → (1 − x, 1 − y) turns the anchors of the pixels around."""
    data, sizes, ratios = example
    height, width = data.shape[-2:]
    data = np.zeros((2 ** (height % 3), 2 ** (width % 3)))  # shares that are exact
    anchors = multibox_prior(data, sizes, ratios).reshape(data.size, -1, 4)
    flipped = 1 - anchors[::-1][..., [2, 3, 0, 1]]
    assert_equal(flipped, anchors)


@given(sides, sides)
def test_anchor_centers_is_symmetric_under_flips(height, width):
    """(x, y) → (width − x, height − y) turns the order of the centres around."""
    centers = anchor_centers(np.zeros((height, width)))
    assert_equal(np.array([width, height]) - centers[::-1], centers)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 5))
def test_placement_count_is_invariant_under_growing_both(height, width, by):
    """A larger box has as many places in an image that is larger by as much."""
    grown = {"height": 5 + by, "width": 6 + by}
    boxes = {"box_height": height + by, "box_width": width + by}
    left = placement_count(**grown, **boxes)
    boxes = {"box_height": height, "box_width": width}
    assert left == placement_count(height=5, width=6, **boxes)


# --- special cases


@given(exact)
def test_multibox_prior_has_one_set_of_anchors_for_each_pixel(example):
    """height · width · (n + m − 1) anchors: n and m are counts, not values"""
    data, sizes, ratios = example
    count = prod(data.shape[-2:]) * (len(sizes) + len(ratios) - 1)
    assert multibox_prior(*example).shape == (1, count, 4)


@given(priors(portions, ratios, pixels=sides))
def test_multibox_prior_centers_anchors_on_pixels(example):
    """The middles are ((j + ½) / width, (i + ½) / height), again for each anchor."""
    data, sizes, ratios = example
    height, width = data.shape[-2:]
    anchors = multibox_prior(data, bounded(sizes), bounded(ratios))
    middles = box_convert(anchors[0], in_fmt="xyxy", out_fmt="cxcywh")[:, :2]
    centers = anchor_centers(data) / np.array([width, height])
    repeated = centers.repeat(len(sizes) + len(ratios) - 1, axis=0)
    assert_equal(middles, bounded(repeated))


@given(exact)
def test_multibox_prior_has_the_same_anchors_at_each_pixel(example):
    """Widths and heights repeat from pixel to pixel, in the order of the pairs."""
    data, sizes, ratios = example
    data = np.zeros((2, 4))
    anchors = multibox_prior(data, sizes, ratios).reshape(8, -1, 4)
    actual = (anchors[..., 2:] - anchors[..., :2]) * [4, 2]
    pairs = anchor_combinations(sizes, ratios)
    expected = anchor_size(*pairs.T, image_size=(2, 4), convention="height")
    assert_equal(actual, np.stack([expected] * 8))


@pytest.mark.parametrize(("side", "size"), [(4, 0.15), (2, 0.4), (1, 0.8)])
def test_multibox_prior_of_the_notes(side, size):
    """Maps of 4 × 4, 2 × 2 and 1 × 1 with a size and 3 ratios: 48, 12 and 3 anchors"""
    ratios = np.array([1, 2, 0.5])
    anchors = multibox_prior(np.zeros((side, side)), np.array([size]), ratios)
    assert anchors.shape == (1, 3 * side**2, 4)


def test_multibox_prior_takes_sizes_by_the_height():
    """On a map of 4 × 8, ratio 1 looks square, and size ½ is half of the height."""
    anchors = multibox_prior(np.zeros((4, 8)), np.array([0.5]), np.ones(1))
    left, top, right, bottom = anchors[0, 0]
    assert (right - left) * 8 == (bottom - top) * 4 == 2


@given(counts)
def test_anchor_combinations_has_no_pair_twice(numbers):
    """n + m − 1 pairs, all that have the first size or the first ratio"""
    n, m = numbers
    sizes, ratios = np.arange(n) + 1.0, np.arange(m) + 10.0
    pairs = [*map(tuple, anchor_combinations(sizes, ratios).tolist())]
    expected = [(s, ratios[0]) for s in sizes] + [(sizes[0], r) for r in ratios]
    assert len(pairs) == n + m - 1
    assert sorted(pairs) == sorted({*expected})


@given(shares(3), squares(3), st.integers(1, 4), st.integers(1, 4))
def test_anchor_size_by_area_is_a_share_of_the_image(sizes, ratios, height, width):
    """w′ · h′ = s · w · h, and w′ / h′ = r · w / h"""
    sizes = sizes**2
    actual = anchor_size(sizes, ratios, image_size=(height, width), convention="area")
    assert_equal(actual[:, 0] * actual[:, 1], sizes * width * height)
    assert_equal(actual[:, 0] * height, ratios * width * actual[:, 1])


@given(shares(3), squares(3), st.integers(1, 4), st.integers(1, 4))
def test_anchor_size_by_side_is_by_area_of_the_square(sizes, ratios, height, width):
    """The text's s is the root of the notes': "side" of s is "area" of s²."""
    options = {"image_size": (height, width)}
    left = anchor_size(sizes, ratios, convention="side", **options)
    assert_equal(left, anchor_size(sizes**2, ratios, convention="area", **options))


@given(shares(3), squares(3), st.integers(1, 4), st.integers(1, 4))
def test_anchor_size_by_height_has_the_ratio_that_one_sees(sizes, ratios, h, w):
    """w′ = r · h′, whatever the image's sides; on square ones it is "side"."""
    actual = anchor_size(sizes, ratios, image_size=(h, w), convention="height")
    assert_equal(actual[:, 0], ratios * actual[:, 1])
    square = [
        anchor_size(sizes, ratios, image_size=(h, h), convention=convention)
        for convention in ("height", "side")
    ]
    assert_equal(*square)


def test_anchor_size_has_three_conventions_that_differ():
    """s = 1/4 and r = 1 on an image of 4 × 8: sides 4, 2, 2 by 2, 1, 1"""
    one, options = np.ones(1), {"image_size": (4, 8)}
    for convention, expected in [
        ("area", (4, 2)),
        ("side", (2, 1)),
        ("height", (1, 1)),
    ]:
        actual = anchor_size(one / 4, one, convention=convention, **options)
        assert_equal(actual[0], np.array(expected, float))


@given(sides, sides)
def test_anchor_centers_are_evenly_spaced(height, width):
    """Neighbours are one pixel apart, and the first is half a pixel from the border."""
    grid = anchor_centers(np.zeros((height, width))).reshape(height, width, 2)
    assert_equal(grid[0, 0], np.array([0.5, 0.5]))
    assert (np.diff(grid, axis=0) == [0, 1]).all()
    assert (np.diff(grid, axis=1) == [1, 0]).all()


@given(*[st.integers(1, 6)] * 4)
def test_placement_count_is_the_size_of_a_valid_convolution(height, width, h, w):
    """(height − h + 1) · (width − w + 1), as a kernel of that size has places"""
    actual = placement_count(height=height, width=width, box_height=h, box_width=w)
    fits = h <= height and w <= width
    expected = output_size(height, h) * output_size(width, w) if fits else 0
    assert actual == expected


def test_placement_count_of_the_smallest_and_the_largest():
    """In 2 × 2: 1 × 1 has 4 places, 1 × 2 has 2, 2 × 2 has 1."""
    for box_height, box_width, count in [(1, 1, 4), (1, 2, 2), (2, 2, 1)]:
        box = {"box_height": box_height, "box_width": box_width}
        assert placement_count(height=2, width=2, **box) == count


# --- errors


def test_anchors_reject_what_does_not_fit():
    """A ValueError says what it was."""
    data, one = np.zeros((2, 2)), np.ones(1)
    for problem, operation, arguments, options in [
        ("data has shape", multibox_prior, (data[0], one, one), {}),
        ("width is 0", multibox_prior, (data[:, :0], one, one), {}),
        ("no sizes", multibox_prior, (data, one[:0], one), {}),
        ("no ratios", anchor_combinations, (one, one[:0]), {}),
        ("sizes are", anchor_size, (one, one[:0]), {"image_size": (1, 1)}),
        (
            "convention is",
            anchor_size,
            (one, one),
            {"image_size": (1, 1), "convention": ""},
        ),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*arguments, **options)
    with pytest.raises(ValueError, match="box_width is 0"):
        placement_count(height=1, width=1, box_height=1, box_width=0)


# --- agreement


@given(priors(portions, ratios))
def test_anchor_centers_agrees_with_backend(backend, example):
    """The backend puts centres where the definition has them."""
    agree(backend, anchor_centers, example[0], constant=("data",))


@given(matched, conventions, st.tuples(sides, sides))
def test_anchor_size_agrees_with_backend(backend, example, convention, size):
    """The backend is as close to the definition as its precision promises."""
    options = {"image_size": size, "convention": convention}
    agree(backend, anchor_size, *example, **options)


@given(priors(portions, ratios))
def test_anchor_combinations_agrees_with_backend(backend, example):
    """The backend pairs what the definition pairs, in its order."""
    agree(backend, anchor_combinations, *example[1:])


@given(priors(portions, ratios))
def test_multibox_prior_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, multibox_prior, *example, constant=("data",))
