"""The laws of reference/region_proposals.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.taped import gradient
from properties.boxes.strategies import (
    COUNTS,
    fraction_boxes,
    image_boxes,
    moderate_boxes,
    spread,
    whole_boxes,
)
from properties.strategies import codes, fractions, ordinary, whole_numbers
from reference.boxes.box_formats import box_area
from reference.boxes.box_overlap import box_iou
from reference.boxes.region_proposals import (
    bbox_regression_loss,
    region_proposals,
    region_similarity,
    surrounding_box,
    svm_head,
)

# --- strategies

DIMENSIONS = st.sampled_from([3, 1, 2, 5] * 3 + [17, 33, 65])
REGIONS = st.sampled_from([2, 3, 1, 2] * 4 + [7])
MIN_SIZES = st.sampled_from([1.0, 0.0, 2.0])
ANCHORS = st.sampled_from([4, 5, 3, 6, 2, 1, 0] * 2 + [33])


@st.composite
def classified(draw, elements):
    """Features of regions, and linear machines of some classes."""
    n, classes, dimensions = draw(COUNTS), draw(st.integers(1, 4)), draw(DIMENSIONS)
    shapes = (n, dimensions), (classes, dimensions), (classes,)
    return [draw(elements(shape)) for shape in shapes]


@st.composite
def regressed(draw, elements):
    """Features of regions, a regressor of boxes, and what it should give."""
    n, dimensions = draw(COUNTS), draw(DIMENSIONS)
    shapes = (n, dimensions), (4, dimensions), (n, 4)
    return [draw(elements(shape)) for shape in shapes]


@st.composite
def anchored(draw, boxes, *, moved=True, min_sizes=MIN_SIZES):
    """Objectness, offsets and anchors in an image of 8 × 6, or of 1 × 1 if moved."""
    n, (first, last) = draw(ANCHORS), draw(whole_numbers((1, 6), (1, 4)))
    objectness = draw(spread((n,))) - 0.5
    offsets = np.zeros((n, 4))
    if moved:
        offsets = 2 * draw(spread((n, 4))) - 1
    else:
        objectness = np.round(8 * objectness)
    options = {
        "image_size": (1, 1) if moved else (8, 6),
        "pre_nms_top_n": 100 if first == 6 else first,
        "post_nms_top_n": 100 if last == 4 else last,
        "nms_thresh": draw(st.sampled_from([0.5, 0.25, 1.0, 0.0])),
        "min_size": draw(min_sizes) / (8 if moved else 1),
    }
    return (objectness, offsets, draw(boxes(n))), options


@st.composite
def regions(draw, boxes, numbers):
    """Boxes, sizes and histograms of regions, and the size of their image."""
    n, bins = draw(REGIONS), draw(st.sampled_from([3, 1, 4, 17, 33]))
    bins = bins if n < 3 else min(bins, 3)
    tensors = draw(boxes(n)), draw(numbers((n,))), draw(numbers((n, bins)))
    return tensors, {"image_size": draw(st.sampled_from([64, 1, 300]))}


def signs(shape):
    """−1, 0 and 1: sums of 65 products of them are exact in bfloat16."""
    return codes(shape).map(lambda code: code % 3 - 1.0)


exact = anchored(whole_boxes, moved=False)
large = anchored(whole_boxes, moved=False, min_sizes=st.sampled_from([1.0, 2.0]))
similar = regions(fraction_boxes, fractions)

# --- identities


@given(large)
def test_region_proposals_are_few_inside_and_apart(example):
    """At most post_nms_top_n, none outside, small, or too much like another"""
    tensors, options = example
    boxes, scores = region_proposals(*tensors, **options)
    assert len(boxes) == len(scores) <= options["post_nms_top_n"]
    assert (np.diff(scores) <= 0).all()
    assert ((boxes >= 0) & (boxes <= [6, 8, 6, 8])).all()
    assert (boxes[:, 2:] - boxes[:, :2] >= options["min_size"]).all()
    overlaps = box_iou(boxes, boxes)[~np.eye(len(boxes), dtype=bool)]
    assert not (overlaps > options["nms_thresh"]).any()


@given(similar)
def test_region_similarity_is_commutative(example):
    """s(a, b) = s(b, a)"""
    tensors, options = example
    left = region_similarity(*tensors, **options)
    assert_equal(left, left.T)


@given(fraction_boxes(4))
def test_surrounding_box_holds_the_boxes(boxes):
    """Each box is inside, and touches it on each side together with the others."""
    left, top, right, bottom = surrounding_box(boxes)
    assert (boxes >= [left, top, left, top]).all()
    assert (boxes <= [right, bottom, right, bottom]).all()
    assert (boxes == [left, top, right, bottom]).any(axis=0).all()


# --- algebra


@given(fraction_boxes(2), fraction_boxes(3))
def test_surrounding_box_is_associative(a, b):
    """The box around boxes around some is the box around all."""
    around = np.stack([surrounding_box(a), surrounding_box(b)])
    right = surrounding_box(np.concatenate([a, b]))
    assert_equal(surrounding_box(around), right)


# --- invariances


@given(classified(fractions), st.integers(1, 9), st.integers(-9, 9))
def test_svm_head_is_invariant_under_positive_scaling(example, a, b):
    """argmax(a · (w φ + bias) + b) = argmax(w φ + bias), a > 0"""
    features, weight, bias = example
    left = svm_head(features, a * weight, a * bias + b)
    assert_equal(left, svm_head(features, weight, bias))


@given(large, st.integers(1, 9))
def test_region_proposals_are_invariant_under_increasing_maps(example, a):
    """Boxes depend on the order of the objectness alone."""
    (objectness, *rest), options = example
    left, _ = region_proposals(a * objectness**3, *rest, **options)
    assert_equal(left, region_proposals(objectness, *rest, **options)[0])


@given(similar, st.integers(-5, 5))
def test_region_similarity_is_invariant_under_translation(example, by):
    """Where in the image regions are does not matter."""
    (boxes, *rest), options = example
    left = region_similarity(boxes + by, *rest, **options)
    assert_equal(left, region_similarity(boxes, *rest, **options))


# --- special cases


def test_svm_head_of_equal_scores_prefers_the_lower_class():
    """argmax is the first of several."""
    actual = svm_head(np.ones((1, 2)), np.ones((3, 2)), np.array([0.0, 1, 1]))
    assert_equal(actual, np.array([1]))


@given(regressed(fractions))
def test_bbox_regression_loss_of_an_exact_fit_is_zero(example):
    """targets = Φ wᵀ: no residual; what is left is the decay."""
    features, weight, _ = example
    targets = np.array([[sum(phi * row) for row in weight] for phi in features], object)
    targets = targets.reshape(len(features), 4)
    loss = bbox_regression_loss(features, weight, targets, weight_decay=2)
    assert loss == 2 * (weight**2).sum()
    assert bbox_regression_loss(features, weight, targets) == 0


def test_region_proposals_look_at_the_best_anchors_only():
    """Of the best one of two, pre_nms_top_n = 1 leaves no other."""
    anchors = np.array([[0.0, 0, 1, 1], [2, 2, 3, 3]])
    options = {"image_size": (4, 4), "post_nms_top_n": 5, "nms_thresh": 0.5}
    boxes, scores = region_proposals(
        np.array([0.0, 1.0]), np.zeros((2, 4)), anchors, pre_nms_top_n=1, **options
    )
    assert_equal(boxes, anchors[1:])
    assert_equal(scores, np.array([1.0]))


@given(fraction_boxes(2))
def test_region_similarity_is_larger_the_better_regions_fill_their_box(boxes):
    """Two halves of a box: gap 0, so 2 − share; a gap of g costs g / image_size."""
    around = surrounding_box(boxes)
    sizes = np.full(2, box_area(around) / 2)
    none = np.zeros((2, 0), object)
    actual = region_similarity(boxes, sizes, none, image_size=100)[0, 1]
    assert actual == 2 - box_area(around) / 100


@given(fractions((2, 3)))
def test_region_similarity_of_colours_is_what_histograms_share(histograms):
    """Σ min(h, g) = (Σ h + Σ g − Σ |h − g|) / 2"""
    boxes, sizes = np.zeros((2, 4), object), np.zeros(2, object)
    size = Fraction(1)
    actual = region_similarity(boxes, sizes, histograms, image_size=size)[0, 1] - 2
    h, g = histograms
    assert actual == (sum(h) + sum(g) - sum(abs(h - g))) / 2


# --- gradients


@given(regressed(fractions))
def test_bbox_regression_loss_is_least_where_residuals_are_orthogonal(example):
    """∂L/∂w = −2 · residualᵀ Φ: 0 if and only if residuals are orthogonal to Φ."""
    features, weight, targets = example
    residuals = targets - features @ weight.T
    slopes = gradient(bbox_regression_loss, example, np.array(1))[1]
    assert_equal(slopes, -2 * residuals.T @ features + np.zeros_like(weight))


# --- errors


def test_region_operations_reject_what_does_not_fit():
    """A ValueError says what the shape was."""
    boxes, one, features = np.ones((2, 4)), np.ones(2), np.ones((2, 3))
    limits = {"pre_nms_top_n": 1, "post_nms_top_n": 1, "nms_thresh": 0.5}
    limits["image_size"] = (1, 1)
    for problem, operation, arguments, options in [
        ("bias is", svm_head, (features, features, np.ones(3)), {}),
        ("features are", svm_head, (features, features[:, :2], one), {}),
        ("targets has", bbox_regression_loss, (features, np.ones((4, 3)), one), {}),
        ("objectness is", region_proposals, (one[:1], boxes, boxes), limits),
        ("offsets is", region_proposals, (one, boxes[:, :3], boxes), limits),
        ("offsets is", region_proposals, (one, boxes[:1], boxes), limits),
        ("differ", region_similarity, (boxes, one[:1], features), {"image_size": 1}),
        ("no boxes", surrounding_box, (boxes[:0],), {}),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*arguments, **options)


# --- agreement


@given(classified(ordinary))
def test_svm_head_agrees_with_backend(backend, example):
    """The backend picks the class that the definition picks."""
    agree(backend, svm_head, *example, constant=("features", "weight", "bias"))


@given(classified(signs))
def test_svm_head_agrees_with_backend_on_ties(backend, example):
    """Equal scores: the first class"""
    agree_exactly(backend, svm_head, *example)


@given(regressed(ordinary), st.sampled_from([0.0, 0.125, 1000.0]))
def test_bbox_regression_loss_agrees_with_backend(backend, example, weight_decay):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_regression_loss, *example, weight_decay=weight_decay)


@given(anchored(image_boxes))
def test_region_proposals_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, region_proposals, *tensors, **options)


@given(exact)
def test_region_proposals_agrees_with_backend_on_ties(backend, example):
    """Equal objectness, sides of just min_size and IoUs of just the threshold"""
    tensors, options = example
    agree_exactly(backend, region_proposals, *tensors, **options)


@given(regions(moderate_boxes, spread))
def test_region_similarity_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, region_similarity, *tensors, **options)


@given(st.sampled_from([3, 1, 2, 33]).flatmap(moderate_boxes))
def test_surrounding_box_agrees_with_backend(backend, boxes):
    """The backend's box is the definition's."""
    agree(backend, surrounding_box, boxes, constant=("boxes",))
