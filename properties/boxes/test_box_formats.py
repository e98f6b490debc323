"""The laws of reference/box_formats.py, then its agreement with the backends."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.taped import gradient
from properties.boxes.strategies import (
    MANY,
    fraction_boxes,
    spread_boxes,
    whole_boxes,
)
from properties.strategies import fractions, full_width, ordinary, with_non_finite
from reference.boxes.box_formats import (
    FORMATS,
    box_area,
    box_convert,
    clip_boxes_to_image,
    remove_small_boxes,
    scale_boxes,
)

# --- strategies

formats = st.sampled_from(FORMATS)
directions = st.sampled_from([*product(FORMATS, FORMATS)])
sizes = st.tuples(st.sampled_from([4, 1, 0.5, 7, 30, 0.3]), st.sampled_from([3, 1, 20]))


@st.composite
def batches(draw, elements):
    """Boxes of any numbers, (*batch, 4): a batch has no, one or two axes."""
    n = draw(MANY)
    shape = draw(st.sampled_from([(n, 4), (n, 4), (4,), (2, n, 4)]))
    return draw(elements(shape))


@st.composite
def lists(draw, boxes):
    """A list of boxes; at times longer than what kernels are tiled by."""
    return draw(boxes(draw(MANY)))


# --- identities


@given(fractions((3, 4)), formats, formats)
def test_box_convert_round_trips(boxes, a, b):
    """a → b → a is the identity, of boxes with negative sides too."""
    there = box_convert(boxes, in_fmt=a, out_fmt=b)
    assert_equal(box_convert(there, in_fmt=b, out_fmt=a), boxes)


@given(fractions((3, 4)), formats, formats, formats)
def test_box_convert_composes(boxes, a, b, c):
    """a → b → c is a → c"""
    there = box_convert(boxes, in_fmt=a, out_fmt=b)
    left = box_convert(there, in_fmt=b, out_fmt=c)
    assert_equal(left, box_convert(boxes, in_fmt=a, out_fmt=c))


@given(fraction_boxes(3), st.tuples(*[st.integers(1, 9)] * 2))
def test_scale_boxes_round_trips(boxes, size):
    """Pixels divided by the sides of the image are shares of it again."""
    shares = tuple(Fraction(1, side) for side in size)
    assert_equal(scale_boxes(scale_boxes(boxes, size=size), size=shares), boxes)


@given(fraction_boxes(3), sizes)
def test_clip_boxes_to_image_is_idempotent(boxes, size):
    """clip(clip(b)) = clip(b)"""
    once = clip_boxes_to_image(boxes, size=size)
    assert_equal(clip_boxes_to_image(once, size=size), once)


# --- algebra


@given(fractions((2, 4)), fractions((2, 4)), directions)
def test_box_convert_is_additive_in_the_boxes(a, b, direction):
    """convert(a + b) = convert(a) + convert(b)"""
    options = dict(zip(["in_fmt", "out_fmt"], direction))
    right = box_convert(a, **options) + box_convert(b, **options)
    assert_equal(box_convert(a + b, **options), right)


@given(fractions((3, 4)), st.integers(-4, 4))
def test_box_area_is_homogeneous_of_degree_two(boxes, a):
    """area(a · b) = a² · area(b)"""
    assert_equal(box_area(a * boxes), a * a * box_area(boxes))


@given(fraction_boxes(3), st.tuples(*[st.integers(1, 9)] * 2))
def test_scale_boxes_multiplies_areas(boxes, size):
    """area(scaled) = height · width · area"""
    left = box_area(scale_boxes(boxes, size=size))
    assert_equal(left, size[0] * size[1] * box_area(boxes))


# --- invariances


@given(fraction_boxes(3), st.fractions(-9, 9, max_denominator=9))
def test_box_area_is_invariant_under_translation(boxes, by):
    """area(b + t) = area(b)"""
    assert_equal(box_area(boxes + by), box_area(boxes))


@given(fractions((3, 4)), st.fractions(-9, 9, max_denominator=9))
def test_box_convert_is_equivariant_under_translation(boxes, by):
    """A box's corner and its middle move with it, its sides do not change."""
    for out_fmt in FORMATS[1:]:
        options = {"in_fmt": "xyxy", "out_fmt": out_fmt}
        right = box_convert(boxes, **options) + np.array([by, by, 0, 0])
        assert_equal(box_convert(boxes + by, **options), right)


# --- special cases


@pytest.mark.parametrize("format", FORMATS)
def test_box_convert_to_the_same_format_is_the_identity(format):
    """Bit by bit, where (0.1 + 0.3) − 0.1 is not 0.3; words are compared"""
    box = np.array([0.1, 0.2, 0.3, 0.7])
    assert_equal(box_convert(box, in_fmt=format, out_fmt=str(np.str_(format))), box)


def test_box_convert_takes_left_top_right_bottom():
    """The second corner is at the right and at the bottom, not at the right top."""
    corners = np.array([10.0, 20, 50, 80])
    for format, expected in zip(
        FORMATS, [corners, [10.0, 20, 40, 60], [30.0, 50, 40, 60]]
    ):
        actual = box_convert(corners, in_fmt="xyxy", out_fmt=format)
        assert_equal(actual, np.array(expected))
    assert box_area(corners) == 2400
    assert box_area(corners[[0, 1, 2, 1]]) == 0


@given(fraction_boxes(3))
def test_box_convert_gives_sides_that_multiply_to_the_area(boxes):
    """w ≥ 0, h ≥ 0 and w · h = area, in both formats that have them"""
    for format in FORMATS[1:]:
        sides = box_convert(boxes, in_fmt="xyxy", out_fmt=format)[:, 2:]
        assert (sides >= 0).all()
        assert_equal(sides[:, 0] * sides[:, 1], box_area(boxes))


@given(whole_boxes(3), sizes)
def test_clip_boxes_to_image_leaves_boxes_inside(boxes, size):
    """0 ≤ x ≤ width and 0 ≤ y ≤ height; a box that is inside stays as it is."""
    limits = np.array(size[::-1] * 2)
    clipped = clip_boxes_to_image(boxes, size=size)
    assert ((clipped >= 0) & (clipped <= limits)).all()
    stays = (boxes >= 0) & (boxes <= limits)
    assert_equal(clipped[stays], boxes[stays])


@given(whole_boxes(5), st.integers(0, 4), st.integers(0, 4))
def test_remove_small_boxes_is_monotone_in_the_size(boxes, least, more):
    """What is large enough for a size is for any below it; for 0, all is."""
    kept = remove_small_boxes(boxes, min_size=least + more)
    assert {*kept} <= {*remove_small_boxes(boxes, min_size=least)}
    assert_equal(remove_small_boxes(boxes, min_size=0), np.arange(5))


def test_remove_small_boxes_keeps_a_side_of_just_the_size():
    """right − left ≥ min_size, of both sides"""
    boxes = np.array([[0.0, 0, 2, 2], [0, 0, 2, 1.5], [1, 1, 2.5, 9]])
    assert_equal(remove_small_boxes(boxes, min_size=2), np.array([0]))


# --- gradients


def test_clip_boxes_to_image_has_a_gradient_on_the_border():
    """A corner on it is inside, one beyond it is not"""
    boxes = np.array([[0.0, 0.0, 4.0, 2.0], [-1.0, 1.0, 5.0, 3.0]])
    (slope,) = gradient(
        lambda x: clip_boxes_to_image(x, size=(2, 4)), [boxes], np.ones((2, 4))
    )
    assert_equal(slope.astype(float), np.array([[1.0, 1, 1, 1], [0, 1, 0, 0]]))


# --- errors


def test_box_operations_reject_what_are_no_boxes():
    """A ValueError says what the shape or the format was, and may be."""
    boxes, xyxy = np.zeros((2, 4)), {"in_fmt": "xyxy"}
    for problem, operation, tensor, options in [
        ("boxes has shape", box_area, boxes[:, :3], {}),
        ("boxes has shape", box_convert, boxes[:, :3], xyxy | {"out_fmt": "xyxy"}),
        ("out_fmt is 'yxyx'", box_convert, boxes, xyxy | {"out_fmt": "yxyx"}),
        ("size is", scale_boxes, boxes, {"size": (0, 1)}),
        ("boxes has shape", clip_boxes_to_image, boxes[0, 0], {"size": (1, 1)}),
        ("must be", remove_small_boxes, boxes[0], {"min_size": 1}),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(tensor, **options)


# --- agreement


@given(batches(full_width), directions)
def test_box_convert_agrees_with_backend(backend, boxes, direction):
    """The backend is as close to the definition as its precision promises."""
    options = dict(zip(["in_fmt", "out_fmt"], direction))
    agree(backend, box_convert, boxes, **options)


@given(batches(with_non_finite), directions)
def test_box_convert_agrees_with_backend_on_non_finite_boxes(backend, boxes, direction):
    """NaN and infinities go where the definition sends them, and nowhere else."""
    options = dict(zip(["in_fmt", "out_fmt"], direction))
    agree(backend, box_convert, boxes, **options)


@given(batches(full_width))
def test_box_area_agrees_with_backend(backend, boxes):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, box_area, boxes)


@given(batches(full_width), sizes)
def test_scale_boxes_agrees_with_backend(backend, boxes, size):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, scale_boxes, boxes, size=size)


@given(batches(ordinary), sizes)
def test_clip_boxes_to_image_agrees_with_backend(backend, boxes, size):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, clip_boxes_to_image, boxes, size=size)


@given(lists(spread_boxes), st.sampled_from([0.25, 0.5, 0.0, 8.0, 0.3]))
def test_remove_small_boxes_agrees_with_backend(backend, boxes, min_size):
    """Both sides have to be long enough."""
    agree(backend, remove_small_boxes, boxes, constant=("boxes",), min_size=min_size)


@given(lists(whole_boxes), st.integers(0, 8))
def test_remove_small_boxes_agrees_with_backend_on_ties(backend, boxes, min_size):
    """A side of just the size is long enough."""
    agree_exactly(backend, remove_small_boxes, boxes, min_size=min_size)
