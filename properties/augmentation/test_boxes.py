"""The laws of reference/augmentation/boxes.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.boxes.strategies import MANY
from properties.strategies import codes, interior, ordinary, per_axis, whole_numbers
from reference.augmentation.boxes import crop_boxes, flip_boxes, resize_boxes
from reference.augmentation.geometry import (
    crop,
    horizontal_flip,
    resize,
    vertical_flip,
)
from reference.boxes.box_formats import box_area, clip_boxes_to_image
from reference.boxes.box_overlap import box_iou

# --- strategies

SIDES = (12, 7)
"""Height and width of the images of exact laws."""

HORIZONTAL = st.booleans()


def whole_boxes(n, *, size=SIDES):
    """Boxes in an image, of whole numbers: they touch, tie and are empty often."""

    def within(code):
        ends = np.sort(code.reshape(n, 2, 2) % (np.array(size[::-1]) + 1), axis=1)
        return ends.reshape(n, 4) + Fraction(0)

    return codes((n, 4)).map(lambda code: within(code))


def solid_boxes(n):
    """Boxes of whole numbers in an image, with areas: one more in width and height."""
    room = SIDES[0] - 1, SIDES[1] - 1
    return whole_boxes(n, size=room).map(lambda boxes: boxes + np.array([0, 0, 1, 1]))


@st.composite
def spread_boxes(draw):
    """Any four numbers, and sizes of the image."""
    boxes = draw(ordinary((draw(MANY), 4)))
    return boxes, tuple(draw(whole_numbers((1, 99), (1, 50))))


def rectangles(*, least=-3, most=9):
    """Where a crop is, in an image or partly outside of it."""
    names = ("top", "left", "height", "width")
    drawn = whole_numbers((least, most), (least, most), (1, most), (1, most))
    return drawn.map(lambda numbers: dict(zip(names, numbers)))


def image_of(box, size=SIDES):
    """Ones in a box of whole numbers, zeros around it."""
    x1, y1, x2, y2 = map(int, box)
    image = np.zeros(size, int)
    image[y1:y2, x1:x2] = 1
    return image


# --- identities


@given(whole_boxes(3), HORIZONTAL)
def test_flip_boxes_is_involutive(boxes, horizontal):
    """flip(flip(b)) = b"""
    once = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
    assert_equal(flip_boxes(once, size=SIDES, horizontal=horizontal), boxes)


@given(whole_boxes(3), per_axis(2, 1, 9))
def test_resize_boxes_round_trips(boxes, new_size):
    """Stretched to another size and back, b is b"""
    there = resize_boxes(boxes, size=SIDES, new_size=new_size)
    assert_equal(resize_boxes(there, size=new_size, new_size=SIDES), boxes)


@given(whole_boxes(3))
def test_crop_boxes_by_the_image_has_no_effect(boxes):
    """A crop that is the image leaves boxes in it as they are"""
    everything = {"top": 0, "left": 0, "height": SIDES[0], "width": SIDES[1]}
    assert_equal(crop_boxes(boxes, **everything), boxes)


# --- algebra


@given(whole_boxes(3))
def test_flip_boxes_commutes_both_ways(boxes):
    """h(v(b)) = v(h(b))"""
    sides = [
        flip_boxes(
            flip_boxes(boxes, size=SIDES, horizontal=first),
            size=SIDES,
            horizontal=not first,
        )
        for first in (True, False)
    ]
    assert_equal(*sides)


@given(whole_boxes(3), rectangles(), HORIZONTAL)
def test_flip_boxes_commutes_with_crop_boxes(boxes, box, horizontal):
    """flip(crop(b)) = crop(flip(b)), by the flipped rectangle"""
    start, side = ("left", "width") if horizontal else ("top", "height")
    other = box | {start: SIDES[horizontal] - box[start] - box[side]}
    size = box["height"], box["width"]
    left = flip_boxes(crop_boxes(boxes, **box), size=size, horizontal=horizontal)
    flipped = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
    assert_equal(left, crop_boxes(flipped, **other))


@given(whole_boxes(3), per_axis(2, 1, 9), HORIZONTAL)
def test_flip_boxes_commutes_with_resize_boxes(boxes, size, horizontal):
    """flip(resize(b)) = resize(flip(b))"""
    resized = resize_boxes(boxes, size=SIDES, new_size=size)
    left = flip_boxes(resized, size=size, horizontal=horizontal)
    flipped = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
    assert_equal(left, resize_boxes(flipped, size=SIDES, new_size=size))


# --- invariances


@given(solid_boxes(2), HORIZONTAL, per_axis(2, 1, 9))
def test_flip_boxes_and_resize_boxes_preserve_overlaps(boxes, horizontal, size):
    """IoU(t(a), t(b)) = IoU(a, b), t being both at once"""
    flipped = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
    changed = resize_boxes(flipped, size=SIDES, new_size=size)
    assert_equal(box_iou(changed, changed), box_iou(boxes, boxes))


@given(whole_boxes(3), HORIZONTAL)
def test_flip_boxes_preserves_areas(boxes, horizontal):
    """area(flip(b)) = area(b)"""
    left = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
    assert_equal(box_area(left), box_area(boxes))


@given(whole_boxes(3), per_axis(2, 1, 9))
def test_resize_boxes_multiplies_areas_by_both_scales(boxes, size):
    """area(resize(b)) = s_x · s_y · area(b)"""
    scale = Fraction(size[0], SIDES[0]) * Fraction(size[1], SIDES[1])
    left = resize_boxes(boxes, size=SIDES, new_size=size)
    assert_equal(box_area(left), scale * box_area(boxes))


# --- special cases: boxes are where their objects are


@given(solid_boxes(1))
def test_flip_boxes_is_where_the_flipped_image_is(boxes):
    """The object's pixels, flipped, are those of the flipped box"""
    for horizontal, flip in ((True, horizontal_flip), (False, vertical_flip)):
        flipped = flip_boxes(boxes, size=SIDES, horizontal=horizontal)
        assert_equal(image_of(flipped[0]), flip(image_of(boxes[0])))


@given(solid_boxes(1), whole_numbers((0, 11), (0, 6), (1, 12), (1, 7)))
def test_crop_boxes_is_where_the_cropped_image_is(boxes, numbers):
    """The object's pixels, cropped, are those of the cropped box"""
    top, left, height, width = numbers
    size = {"height": min(height, 12 - top), "width": min(width, 7 - left)}
    (cropped,) = crop_boxes(boxes, top=top, left=left, **size)
    right = crop(image_of(boxes[0]), top=top, left=left, **size)
    assert_equal(image_of(cropped, (size["height"], size["width"])), right)


@given(solid_boxes(1))
def test_resize_boxes_is_where_the_larger_image_is(boxes):
    """Three times as large, the middles of pixels keep their numbers"""
    size = SIDES[0] * 3, SIDES[1] * 3
    (resized,) = resize_boxes(boxes, size=SIDES, new_size=size)
    large = resize(image_of(boxes[0]) + Fraction(0), size=size)
    middles = image_of(resized, size)[1::3, 1::3]
    assert (large[1::3, 1::3] == middles).all()


@given(whole_boxes(3))
def test_crop_boxes_at_the_corner_is_clip_boxes_to_image(boxes):
    """crop(b, 0, 0, height, width) = clip(b)"""
    left = crop_boxes(boxes, top=0, left=0, height=5, width=4)
    assert_equal(left, clip_boxes_to_image(boxes, size=(5, 4)))


def test_crop_boxes_leaves_no_area_of_what_is_outside():
    """Left of the crop, and below it; what is cut in two keeps its part"""
    boxes = np.array([[0, 0, 2, 2], [3, 9, 5, 12], [1, 1, 4, 4]]) + Fraction(0)
    cropped = crop_boxes(boxes, top=1, left=2, height=4, width=4)
    expected = np.array([[0, 0, 0, 1], [1, 4, 3, 4], [0, 0, 2, 3]])
    assert (cropped == expected).all()
    assert (box_area(cropped) == [0, 0, 6]).all()


def test_flip_boxes_of_a_picture():
    """In a picture of 12 × 7, the box 1 … 3 from the left is 4 … 6 from it, flipped"""
    boxes = np.array([[1, 2, 3, 5]]) + Fraction(0)
    left = flip_boxes(boxes, size=SIDES, horizontal=True)
    assert (left == [[4, 2, 6, 5]]).all()
    below = flip_boxes(boxes, size=SIDES, horizontal=False)
    assert (below == [[1, 7, 3, 10]]).all()


# --- errors


def functions(boxes, height):
    """Calls of all three."""
    size = height, 2
    return [
        lambda: flip_boxes(boxes, size=size, horizontal=True),
        lambda: resize_boxes(boxes, size=size, new_size=(1, 1)),
        lambda: resize_boxes(boxes, size=(1, 1), new_size=size),
        lambda: crop_boxes(boxes, top=0, left=0, height=height, width=2),
    ]


@pytest.mark.parametrize("call", range(4))
def test_flip_boxes_and_the_like_reject_other_shapes_and_sides(call):
    with pytest.raises(ValueError, match=r"boxes has shape \(4,\)"):
        functions(np.zeros(4), 1)[call]()
    with pytest.raises(ValueError, match=r"boxes has shape \(2, 5\)"):
        functions(np.zeros((2, 5)), 1)[call]()
    with pytest.raises(ValueError, match="height is 0"):
        functions(np.zeros((1, 4)), 0)[call]()


# --- agreement


@given(spread_boxes(), HORIZONTAL)
def test_flip_boxes_agrees_with_backend(backend, example, horizontal):
    """The backend is as close to the definition as its precision promises."""
    boxes, size = example
    agree(backend, flip_boxes, boxes, size=size, horizontal=horizontal)


@given(spread_boxes(), whole_numbers((1, 99), (1, 99)).map(tuple))
def test_resize_boxes_agrees_with_backend(backend, example, new_size):
    """The backend is as close to the definition as its precision promises."""
    boxes, size = example
    agree(backend, resize_boxes, boxes, size=size, new_size=new_size)


@given(spread_boxes(), rectangles())
def test_crop_boxes_agrees_with_backend(backend, example, box):
    """Of corners at a border, frameworks differ in the gradient."""
    agree(backend, crop_boxes, example[0], constant=("boxes",), **box)


@given(MANY.flatmap(lambda n: interior((n, 4))), rectangles(least=-2, most=2))
def test_crop_boxes_between_borders_agrees_with_backend(backend, boxes, box):
    """Corners are inside the crop, or outside of it, and never at its border."""
    agree(backend, crop_boxes, boxes / 2 + 0.25, **box)


@given(st.sampled_from([3, 1, 33]).flatmap(whole_boxes), rectangles())
def test_crop_boxes_of_whole_numbers_agrees_with_backend(backend, boxes, box):
    """Corners are at borders often."""
    agree_exactly(backend, crop_boxes, boxes.astype(float), **box)
