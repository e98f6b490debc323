"""The laws of reference/segmentation/instances.py, then agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.segmentation.test_proposals import distinct
from properties.strategies import (
    codes,
    fractions,
    full_width,
    sixteenths,
    whole_numbers,
)
from reference.augmentation.geometry import crop, horizontal_flip, resize
from reference.segmentation.instances import mask_head, paste_mask, warp_proposals

# --- strategies

SIZES = st.sampled_from([(2, 2), (3, 1), (1, 5), (4, 4), (1, 33)])


@st.composite
def warped(draw, elements, wide=True):
    """An image, boxes within it, and a size to stretch them to."""
    ranges = (0, 7), (1, 2), (1, 4), (1, 5), (0, 3)
    kind, channels, height, width, count = draw(whole_numbers(*ranges))
    width = 33 if kind == 0 and wide else width
    corners = draw(codes((count, 4))).astype(np.int64)
    left, top = corners[:, 0] % width, corners[:, 1] % height
    right = left + 1 + corners[:, 2] % (width - left)
    bottom = top + 1 + corners[:, 3] % (height - top)
    image = draw(elements((channels, height, width)))
    return image, np.stack([left, top, right, bottom], 1), {"size": draw(SIZES)}


@st.composite
def pasted(draw, elements):
    """A mask, a box of which some is in the image, and the image's size."""
    ranges = (1, 4), (1, 4), (0, 5), (0, 5), (1, 5), (1, 5), (1, 5), (1, 5)
    rows, columns, left, top, width, height, *size = draw(whole_numbers(*ranges))
    box = left - 2, top - 2, left - 2 + width, top - 2 + height
    return draw(elements((rows, columns))), {"box": box, "size": tuple(size)}


@st.composite
def masked(draw, elements):
    """A feature map, proposals on it, and the weights of three convolutions."""
    ranges = (0, 3), (1, 2), (1, 2), (2, 4), (2, 4), (1, 2), (1, 2), (1, 2), (1, 2)
    kind, batch, channels, height, width, n, d, e, classes = draw(
        whole_numbers(*ranges)
    )
    classes = 33 if kind == 0 else classes
    corners = draw(codes((n, 5))).astype(float)
    boxes = corners % [batch, width, height, width, height]
    boxes[:, 3:] += boxes[:, 1:3]
    shapes = [(d, channels, 3, 3), (d,), (d, e, 2, 2), (e,), (classes, e, 1, 1)]
    x = draw(elements((batch, channels, height, width)))
    weights = [draw(elements(shape)) for shape in (*shapes, (classes,))]
    options = {"output_size": (1, 2), "spatial_scale": 1.0, "sampling_ratio": 1}
    return (x, boxes, *weights), options


# --- identities


@given(warped(fractions))
def test_warp_proposals_of_the_whole_image_is_resize(example):
    """A box of all pixels: resize(x)"""
    x, _, options = example
    whole = np.array([[0, 0, x.shape[2], x.shape[1]]])
    assert_equal(warp_proposals(x, whole, **options)[0], resize(x, **options))


@given(warped(fractions))
def test_warp_proposals_of_the_boxes_own_size_is_crop(example):
    """Stretched to what it is: the pixels themselves"""
    x, boxes, _ = example
    for left, top, right, bottom in boxes.tolist():
        size = bottom - top, right - left
        box = np.array([[left, top, right, bottom]])
        sides = {"top": top, "left": left, "height": size[0], "width": size[1]}
        assert_equal(warp_proposals(x, box, size=size)[0], crop(x, **sides))


@given(pasted(fractions))
def test_paste_mask_to_the_whole_image_is_resize(example):
    """A box of all pixels: resize(mask)"""
    mask, options = example
    height, width = options["size"]
    left = paste_mask(mask, box=(0, 0, width, height), size=(height, width))
    assert_equal(left, resize(mask, size=(height, width)))


@given(masked(sixteenths))
def test_mask_head_of_no_weights_is_its_last_bias(example):
    """W₃ = 0: b₃ everywhere, on twice as many pixels as bins"""
    (x, boxes, *weights), options = example
    y = mask_head(x, boxes, *weights[:4], 0 * weights[4], weights[5], **options)
    assert y.shape == (len(boxes), len(weights[5]), 2, 4)
    assert_equal(y, np.broadcast_to(weights[5][:, None, None], y.shape).copy())


# --- invariances


@given(warped(fractions))
def test_warp_proposals_commutes_with_flips(example):
    """The image and its boxes flipped: the parts are flipped"""
    x, boxes, options = example
    other = boxes.copy()
    other[:, 0], other[:, 2] = x.shape[2] - boxes[:, 2], x.shape[2] - boxes[:, 0]
    left = warp_proposals(horizontal_flip(x), other, **options)
    assert_equal(left, np.flip(warp_proposals(x, boxes, **options), -1))


@given(pasted(fractions), st.integers(-3, 3), st.integers(-3, 3))
def test_paste_mask_is_equivariant_under_shifts(example, down, right):
    """A box that is moved moves what is in it: y′[i + down, j + right] = y[i, j]"""
    mask, options = example
    x1, y1, x2, y2 = options["box"]
    height, width = options["size"]
    y = paste_mask(mask, **options)
    moved = (x1 + right, y1 + down, x2 + right, y2 + down)
    other = paste_mask(mask, box=moved, size=(height, width))
    for i, j in np.ndindex(height, width):
        if 0 <= i + down < height and 0 <= j + right < width:
            assert other[i + down, j + right] == y[i, j]


@given(masked(sixteenths))
def test_mask_head_treats_each_proposal_by_itself(example):
    """What is found in a proposal is what is found in it alone"""
    (x, boxes, *weights), options = example
    every = mask_head(x, boxes, *weights, **options)
    for k, row in enumerate(every):
        assert_equal(mask_head(x, boxes[k : k + 1], *weights, **options)[0], row)


# --- special cases


@given(warped(fractions))
def test_warp_proposals_of_a_constant_is_the_constant(example):
    """x = c: y = c, however a part is stretched"""
    x, boxes, options = example
    y = warp_proposals(0 * x + 3, boxes, **options)
    assert (y == 3).all()


@given(pasted(fractions))
def test_paste_mask_is_zero_outside_of_its_box(example):
    """Nothing is outside, whatever the mask says; inside no more than its greatest"""
    mask, options = example
    left, top, right, bottom = options["box"]
    y = paste_mask(abs(mask) + 1, **options)
    for i, j in np.ndindex(y.shape):
        inside = top <= i < bottom and left <= j < right
        assert (1 <= y[i, j] <= abs(mask).max() + 1) if inside else y[i, j] == 0


# --- errors


@pytest.mark.parametrize(
    "box", [(1, 0, 1, 2), (2, 0, 1, 2), (0, 2, 2, 1), (0, 2, 2, 2)]
)
def test_warp_proposals_and_paste_mask_reject_boxes_without_pixels(box):
    with pytest.raises(ValueError, match="left < right"):
        paste_mask(np.ones((2, 2)), box=box, size=(3, 3))
    with pytest.raises(ValueError, match="is"):
        warp_proposals(np.ones((1, 3, 3)), np.array([box]), size=(1, 1))


def test_warp_proposals_and_mask_head_reject_shapes():
    with pytest.raises(ValueError, match="input has shape"):
        warp_proposals(np.ones((3, 3)), np.ones((1, 4), int), size=(1, 1))
    for shape in [(4,), (1, 5), (1, 4, 1)]:
        with pytest.raises(ValueError, match="boxes has shape"):
            warp_proposals(np.ones((1, 3, 3)), np.ones(shape, int), size=(1, 1))
    for shape in [(2,), (1, 2, 2)]:
        with pytest.raises(ValueError, match="mask has shape"):
            paste_mask(np.ones(shape), box=(0, 0, 1, 1), size=(1, 1))
    x, boxes = np.ones((1, 1, 2, 2)), np.zeros((1, 5))
    for count in (0, 5, 7):
        with pytest.raises(ValueError, match=f"there are {count} weights"):
            mask_head(x, boxes, *[np.zeros((1, 1))] * count, output_size=(1, 1))


# --- agreement


@given(warped(full_width))
def test_warp_proposals_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, boxes, options = example
    agree(backend, warp_proposals, x, boxes, **options)


@given(pasted(full_width))
def test_paste_mask_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    mask, options = example
    agree(backend, paste_mask, mask, **options)


@given(masked(distinct))
def test_mask_head_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    (x, boxes, *weights), options = example
    agree(backend, mask_head, x, boxes, *weights, constant=("boxes",), **options)
