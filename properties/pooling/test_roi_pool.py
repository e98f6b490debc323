"""The laws of reference/pooling/roi_pool.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.pooling.strategies import EDGES, tied
from properties.strategies import (
    codes,
    fractions,
    full_width,
    generator,
    ordinary,
    whole_numbers,
)
from reference.pooling.adaptive_pool import adaptive_max_pool2d
from reference.pooling.roi_pool import roi_align, roi_pool

# --- strategies

CORNERS = np.array([0, 1, 1, 1, 1])
SCALES = (1.0, 0.5, 1.0, 0.25, 0.625, 2.0)


@st.composite
def regions(draw, elements, *, boxes):
    """Images, boxes on them in pixels / scale, and how many bins; some are wide."""
    ranges = [
        (0, 7),
        (0, 7),
        (1, 2),
        (1, 2),
        (1, 2),
        (0, 5),
        *[(1, 5)] * 2,
        *[(1, 3)] * 2,
    ]
    kind, edge, batch, channels, count, scale, height, width, *bins = draw(
        whole_numbers(*ranges)
    )
    if kind > 5:
        channels, width = (EDGES[edge], 2) if kind == 6 else (1, EDGES[edge])
        count, height, bins = 1, 1, [1, bins[1]]
    scale = SCALES[scale]
    found = draw(boxes(count, batch, height, width)).astype(np.float64)
    found[:, 1:] /= scale
    x = draw(elements((batch, channels, height, width)))
    return (x, found), {"output_size": tuple(bins), "spatial_scale": scale}


def pixel_boxes(count, batch, height, width):
    """Boxes with corners at halves of pixels, over the border too, some turned over."""

    def place(code):
        halves = code[:, 1:].astype(int) % np.tile([2 * width + 5, 2 * height + 5], 2)
        return np.column_stack([code[:, 0] % batch, halves / 2 - 1])

    return codes((count, 5)).map(lambda code: place(code))


def free_boxes(count, batch, height, width):
    """Boxes with corners at numbers with random bits, over the border by up to 1½."""

    def place(seed):
        random = generator(seed)
        corners = random.uniform(-1.5, [width + 1.5, height + 1.5], (count, 2, 2))
        corners = np.sort(corners, axis=1).reshape(count, 4)
        corners[:, 2:] += 1 / 8
        return np.column_stack([random.integers(0, batch, count), corners])

    return st.binary(min_size=3, max_size=3).map(lambda seed: place(seed))


@st.composite
def aligned_regions(draw, elements):
    """Images, boxes, and all options of RoI align."""
    ratio, aligned = draw(whole_numbers((-1, 2), (0, 1)))
    tensors, options = draw(regions(elements, boxes=free_boxes))
    return tensors, options | {"sampling_ratio": ratio, "aligned": aligned == 1}


@st.composite
def exact_regions(draw):
    """Images and boxes of Fractions, inside the images, and options of RoI align."""
    x = draw(fractions((2, 2, 4, 5)))
    code = draw(codes((2, 5))).astype(int)
    starts = code[:, 1:3] % (5, 4) * Fraction(1, 2)
    ends = starts + 1 + code[:, 3:] % (3, 2) * Fraction(1, 2)
    boxes = np.concatenate([code[:, :1] % 2, starts, ends], axis=1).astype(object)
    bins, ratio, aligned = draw(
        st.tuples(st.integers(1, 3), st.integers(-1, 2), st.booleans())
    )
    return x, boxes, {"output_size": bins, "sampling_ratio": ratio, "aligned": aligned}


# --- RoI pooling


@given(tied((2, 2, 4, 5)), st.integers(1, 4), st.integers(1, 5))
def test_roi_pool_of_a_whole_image_is_adaptive_max_pool2d(x, rows, columns):
    """roi_pool(x, [0, 0, width − 1, height − 1]) = adaptive_max_pool(x)"""
    boxes = np.array([[0, 0, 0, 4, 3], [1, 0, 0, 4, 3]])
    left = roi_pool(x, boxes, output_size=(rows, columns))
    assert_equal(left, adaptive_max_pool2d(x, output_size=(rows, columns)))


@given(regions(full_width, boxes=pixel_boxes))
def test_roi_pool_gives_pixels_or_zeros(example):
    """Each number is one of the channel's pixels, or 0 where a bin has none"""
    (x, boxes), options = example
    y = roi_pool(x, boxes, **options)
    for k, c in np.ndindex(*y.shape[:2]):
        assert {*y[k, c].flat} <= {0.0, *x[int(boxes[k, 0]), c].flat}


@given(regions(tied, boxes=pixel_boxes), st.data())
def test_roi_pool_is_monotone_in_the_input(example, data):
    """x ≤ z ⇒ roi_pool(x) ≤ roi_pool(z)"""
    (x, boxes), options = example
    z = x + abs(data.draw(tied(x.shape), "more"))
    assert (roi_pool(x, boxes, **options) <= roi_pool(z, boxes, **options)).all()


@given(regions(tied, boxes=pixel_boxes))
def test_roi_pool_scales_boxes(example):
    """roi_pool(x, boxes, scale) = roi_pool(x, boxes · scale)"""
    (x, boxes), options = example
    left = roi_pool(x, boxes, **options)
    scaled = boxes * [1, *[options.pop("spatial_scale")] * 4]
    assert_equal(left, roi_pool(x, scaled, **options))


def test_roi_pool_rounds_and_includes_both_edges():
    """[.6, 2.6] is pixels 1 to 3, halves go away from 0, and a turned box is a pixel"""
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    for box, expected in [
        ([0, 0.6, 0.6, 2.6, 2.6], 15),
        ([0, 0, 0, 0.5, 1.5], 9),
        ([0, 2, 2, 0, 0], 10),
        ([0, -9, 0, -0.5, 0], 0),
        ([0, 5, 5, 9, 9], 0),
    ]:
        y = roi_pool(x, np.array([box]), output_size=1)
        assert_equal(y, np.full((1, 1, 1, 1), float(expected)))


@given(regions(full_width, boxes=pixel_boxes))
def test_roi_pool_gradient_goes_to_pixels_that_are_picked(example):
    """Σ x · ∂(Σ y)/∂x = Σ y: each number hands its gradient to one pixel like it"""
    (x, boxes), options = example
    y = roi_pool(x, boxes, **options)
    exact = np.vectorize(Fraction, otypes=[object])
    (grad,) = gradient(lambda x: roi_pool(x, boxes, **options), [x], np.ones(y.shape))
    assert (exact(x) * exact(grad.astype(float))).sum() == exact(y).sum()


# --- RoI align


@given(exact_regions(), st.data())
def test_roi_align_is_linear_in_the_input(example, data):
    """roi_align(a · x + z) = a · roi_align(x) + roi_align(z)"""
    x, boxes, options = example
    z, a = data.draw(fractions(x.shape), "z"), data.draw(fractions((1,)), "a")[0]
    right = a * roi_align(x, boxes, **options) + roi_align(z, boxes, **options)
    assert_equal(roi_align(a * x + z, boxes, **options), right)


@given(exact_regions(), fractions((1,)))
def test_roi_align_of_constants_is_the_constant(example, constant):
    """roi_align(c) = c: weights sum to one"""
    x, boxes, options = example
    x[...] = constant[0]
    y = roi_align(x, boxes, **options)
    assert_equal(y, np.full(y.shape, constant[0]))


@given(exact_regions(), fractions((3,)))
def test_roi_align_of_a_ramp_is_its_value_in_the_middle(example, slopes):
    """roi_align(a · row + b · col + c) is that at a bin's middle, ½ less if aligned"""
    _, boxes, options = example
    a, b, c = slopes
    rows, columns = np.indices((6, 7)).astype(object)
    boxes[:, 1:] += 1
    y = roi_align((a * rows + b * columns + c)[None, None], boxes * CORNERS, **options)
    half, bins = Fraction(1, 2), options["output_size"]
    for k, _, i, j in np.ndindex(*y.shape):
        _, x1, y1, x2, y2 = boxes[k]
        row = y1 + (i + half) * (y2 - y1) / bins - half * options["aligned"]
        column = x1 + (j + half) * (x2 - x1) / bins - half * options["aligned"]
        assert y[k, 0, i, j] == a * row + b * column + c


@given(exact_regions())
def test_roi_align_aligned_is_half_a_pixel_off(example):
    """aligned(box) = unaligned(box − ½), for boxes of a pixel or more"""
    x, boxes, options = example
    left = roi_align(x, boxes, **options | {"aligned": True})
    shifted = boxes - Fraction(1, 2) * CORNERS
    assert_equal(left, roi_align(x, shifted, **options | {"aligned": False}))


@given(exact_regions(), st.integers(0, 2), st.integers(0, 2))
def test_roi_align_is_equivariant_under_translations(example, down, right):
    """A box and the image around it, moved by whole pixels: the same"""
    x, boxes, options = example
    around = np.pad(x, [(0, 0), (0, 0), (2, 2), (2, 2)], "edge")
    beyond = np.pad(around, [(0, 0), (0, 0), (down, 0), (right, 0)], "edge")
    boxes += 2 * CORNERS
    moved = boxes + np.array([0, right, down, right, down])
    left = roi_align(beyond, moved, **options)
    assert_equal(left, roi_align(around, boxes, **options))


@given(exact_regions())
def test_roi_align_scales_boxes(example):
    """roi_align(x, boxes, scale) = roi_align(x, boxes · scale)"""
    x, boxes, options = example
    left = roi_align(
        x, boxes * [1, 2, 2, 2, 2], **options, spatial_scale=Fraction(1, 2)
    )
    assert_equal(left, roi_align(x, boxes, **options))


def test_roi_align_samples_up_to_one_pixel_outside():
    """At −1 the first pixel, and at the size the last; further away 0"""
    x = np.array([[[[2.0, 3.0]]]])
    ends = np.array([-1.5, -1.75, 1.5, 1.75])
    boxes = np.stack([0 * ends, ends, 0 * ends - 0.5, ends + 1, 0 * ends + 0.5], 1)
    y = roi_align(x, boxes, output_size=1, sampling_ratio=1)
    assert_equal(y.ravel(), np.array([2.0, 0.0, 3.0, 0.0]))


def test_roi_align_of_a_numbered_image():
    """One bin of [.6, 2.6]: 8, aligned 5.5; nothing is rounded. Far outside it is 0"""
    x = np.arange(16).reshape(1, 1, 4, 4).astype(object)
    box = [0, *[Fraction(3, 5)] * 2, *[Fraction(13, 5)] * 2]
    box = np.array([box], object)
    assert roi_align(x, box, output_size=1) == 8
    assert roi_align(x, box, output_size=1, aligned=True) == Fraction(11, 2)
    assert roi_align(x, box + 9 * CORNERS, output_size=1) == 0
    thin = np.array([[0, 1, 1, 1, 1]], object)
    assert roi_align(x, thin, output_size=1) == 7 + Fraction(1, 2)
    assert roi_align(x, thin, output_size=1, aligned=True) == Fraction(5, 2)


@given(exact_regions(), st.data())
def test_roi_align_gradient_is_adjoint_to_it(example, data):
    """⟨roi_align(x), w⟩ = ⟨x, gradient of ⟨roi_align(x), w⟩⟩: it is linear"""
    x, boxes, options = example
    y = roi_align(x, boxes, **options)
    w = data.draw(fractions(y.shape), "w")
    (grad,) = gradient(lambda x: roi_align(x, boxes, **options), [x], w)
    assert (y * w).sum() == (x * grad).sum()


@pytest.mark.parametrize("pool", [roi_pool, roi_align])
def test_roi_pool_of_no_channels_is_empty(pool):
    box = np.array([[0.0, 0, 0, 1, 1]])
    assert pool(np.zeros((1, 0, 2, 2)), box, output_size=1).shape == (1, 0, 1, 1)


@pytest.mark.parametrize("top", [0.9, 1.5])
def test_roi_align_does_not_see_an_infinity_that_is_further(top):
    """A sample at top + ½, 1.4 and 2 below the first row, which it does not weigh"""
    x, box = np.ones((1, 1, 4, 1)), np.array([[0.0, 0, top, 0, top]])
    x[0, 0, 0] = np.inf
    y = roi_align(x, box, output_size=1, sampling_ratio=1)
    assert abs(y - 1) < 1e-12


# --- errors


@pytest.mark.parametrize("pool", [roi_pool, roi_align])
@pytest.mark.parametrize(
    ("shape", "box", "bins", "problem"),
    [
        ((1, 3, 3), [0, 0, 0, 1, 1], 1, "input has shape"),
        ((1, 1, 3, 0), [0, 0, 0, 1, 1], 1, "input has shape"),
        ((1, 1, 3, 3), [0, 0, 1, 1], 1, "boxes has shape"),
        ((1, 1, 3, 3), [1, 0, 0, 1, 1], 1, "a box is of image 1"),
        ((1, 1, 3, 3), [0, 0, 0, 1, 1], 0, "output_size is 0"),
    ],
)
def test_roi_pool_rejects_what_does_not_fit(pool, shape, box, bins, problem):
    """Images, boxes and bins that do not fit raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        pool(np.zeros(shape), np.array([box], float), output_size=bins)


@pytest.mark.parametrize("pool", [roi_pool, roi_align])
@pytest.mark.parametrize("columns", [4, 6])
def test_roi_pool_rejects_other_columns_of_no_boxes(pool, columns):
    with pytest.raises(ValueError, match="boxes has shape"):
        pool(np.zeros((1, 1, 2, 2)), np.zeros((0, columns)), output_size=1)


# --- agreement


@given(
    st.one_of(regions(full_width, boxes=pixel_boxes), regions(tied, boxes=free_boxes))
)
def test_roi_pool_agrees_with_backend(backend, example):
    """The backend has the very maxima of the definition."""
    tensors, options = example
    agree(backend, roi_pool, *tensors, constant=("boxes",), **options)


@given(aligned_regions(ordinary))
def test_roi_align_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, roi_align, *tensors, constant=("boxes",), **options)
