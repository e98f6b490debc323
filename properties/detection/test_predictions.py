"""The laws of reference/detection/predictions.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import codes, ordinary, sixteenths, whole_numbers
from reference.boxes.anchors import multibox_prior
from reference.detection.predictions import (
    bbox_predictor,
    cls_predictor,
    concat_preds,
    flatten_pred,
)

# --- strategies

LARGE = [(33, 1, 1), (1, 33, 1), (1, 1, 33), (65, 1, 1), (1, 1, 65)]
"""Channels, heights and widths of images some of whose sides cross a vector's."""


@st.composite
def maps(draw, elements, *, numbers=None):
    """Feature maps, filters and biases for so many numbers to an anchor."""
    ranges = (0, 19), (1, 2), (1, 2), (1, 3), (1, 3), (1, 2), (1, 2)
    kind, batch, channels, height, width, anchors, classes = draw(
        whole_numbers(*ranges)
    )
    if kind < len(LARGE):
        channels, height, width = LARGE[kind]
        batch, anchors = 1, 1
    filters = anchors * (numbers or classes + 1)
    shapes = (batch, channels, height, width), (filters, channels, 3, 3), (filters,)
    return [draw(elements(shape)) for shape in shapes], classes


@st.composite
def predictions(draw, elements, *, scales=1):
    """Predictions of so many scales, of one batch."""
    kind, batch = draw(whole_numbers((0, 5), (0, 2)))
    sides = draw(whole_numbers(*[(1, 4)] * 3 * scales))
    if kind < 3:
        sides[kind] = 33
    shapes = [(batch, *sides[k : k + 3]) for k in range(0, 3 * scales, 3)]
    return [draw(elements(shape)) for shape in shapes]


each_predictor = pytest.mark.parametrize("predict", [cls_predictor, bbox_predictor])


def bound(predict, classes=3):
    """A predictor of four numbers to an anchor."""
    options = {"num_classes": classes} if predict is cls_predictor else {}
    return lambda *tensors: predict(*tensors, **options)


# --- identities


@each_predictor
@given(maps(sixteenths, numbers=4))
def test_cls_predictor_and_bbox_predictor_keep_the_size(predict, example):
    """A number for each pixel: of anchors · numbers channels, as high and as wide"""
    x, weight, bias = example[0]
    y = bound(predict)(x, weight, bias)
    assert y.shape == (len(x), len(weight), *x.shape[2:])


@given(maps(sixteenths))
def test_cls_predictor_channels_are_of_one_anchor_after_another(example):
    """y[:, a (q + 1) + k] is logit k of anchor a: it takes one filter alone"""
    (x, weight, bias), classes = example
    y = cls_predictor(x, weight, bias, num_classes=classes)
    rows = flatten_pred(y).reshape(len(x), -1, classes + 1)
    for a in range(len(weight) // (classes + 1)):
        own = slice(a * (classes + 1), (a + 1) * (classes + 1))
        alone = cls_predictor(x, weight[own], bias[own], num_classes=classes)
        expected = np.moveaxis(alone, 1, -1).reshape(len(x), -1, classes + 1)
        assert_equal(rows[:, a :: len(weight) // (classes + 1)], expected)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), st.integers(1, 3))
def test_flatten_pred_has_the_order_of_the_anchors(height, width, sizes, ratios):
    """Channel 4 a + k of a pixel comes to where number k of its anchor a is"""
    some = np.arange(1.0, 4)
    data = np.zeros((1, 1, height, width))
    anchors = multibox_prior(data, some[:sizes] / 4, some[:ratios])
    pred = np.moveaxis(anchors.reshape(1, height, width, -1), -1, 1)
    assert_equal(flatten_pred(pred).reshape(anchors.shape), anchors)


@given(predictions(sixteenths))
def test_flatten_pred_has_an_inverse(example):
    """Rows, by pixel and by channel, are the predictions again"""
    (pred,) = example
    batch, channels, *size = pred.shape
    rows = flatten_pred(pred).reshape(batch, *size, channels)
    assert_equal(np.moveaxis(rows, -1, 1), pred)


@given(predictions(sixteenths, scales=3))
def test_concat_preds_is_associative(preds):
    """concat(a, b, c) = concat(concat(a, b), c): the order of scales is kept"""
    first, *rest = preds
    joined = concat_preds(*rest)
    left, right = concat_preds(first, joined[..., None, None]), concat_preds(*preds)
    assert_equal(left, right)
    assert_equal(right[:, : flatten_pred(first).shape[1]], flatten_pred(first))


@given(predictions(sixteenths))
def test_concat_preds_of_one_scale_reduces_to_flatten_pred(preds):
    """concat(a) = flatten(a)"""
    assert_equal(concat_preds(*preds), flatten_pred(*preds))


# --- algebra


@each_predictor
@given(maps(sixteenths, numbers=4), st.integers(-4, 4))
def test_cls_predictor_and_bbox_predictor_are_affine(predict, example, a):
    """y(a x) − y(0) = a · (y(x) − y(0)), and y(0) is the bias of each channel"""
    x, weight, bias = example[0]
    predict = bound(predict)
    nothing = predict(0 * x, weight, bias)
    assert_equal(nothing, bias[:, None, None] + np.zeros(nothing.shape))
    left = predict(a * x, weight, bias) - nothing
    assert_equal(left, a * (predict(x, weight, bias) - nothing))


# --- invariances


@each_predictor
@given(sixteenths((1, 2, 4, 5)), sixteenths((4, 2, 3, 3)), sixteenths((4,)))
def test_cls_predictor_and_bbox_predictor_are_equivariant_under_shifts(
    predict, x, weight, bias
):
    """An object that moves a pixel, within the border, moves its predictions"""
    x = np.pad(x, [(0, 0), (0, 0), (2, 2), (2, 2)])
    predict = bound(predict)
    left = predict(np.roll(x, 1, axis=(2, 3)), weight, bias)
    assert_equal(left, np.roll(predict(x, weight, bias), 1, axis=(2, 3)))


@each_predictor
@given(sixteenths((1, 2, 3, 4)), sixteenths((4, 2, 3, 3)), codes((2,)))
def test_bbox_predictor_and_cls_predictor_see_neighbours_only(
    predict, x, weight, place
):
    """y at a pixel is that of the 3 × 3 pixels around it"""
    i, j = int(place[0]) % 3, int(place[1]) % 4
    predict, bias = bound(predict), np.zeros(4)
    patch = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)])[..., i : i + 3, j : j + 3]
    left = predict(x, weight, bias)[..., i, j]
    assert_equal(left, predict(patch, weight, bias)[..., 1, 1])


# --- special cases


def test_concat_preds_of_worked_example():
    """The notes' two scales: 55 · 20 · 20 + 33 · 10 · 10 = 25300 numbers to an image"""
    preds = []
    for anchors, size in [(5, 20), (3, 10)]:
        x, filters = np.zeros((2, 1, size, size)), anchors * 11
        y = cls_predictor(
            x[:1, :, :1, :1],
            np.zeros((filters, 1, 3, 3)),
            np.zeros(filters),
            num_classes=10,
        )
        preds.append(np.broadcast_to(y, (2, filters, size, size)))
    assert [pred.shape for pred in preds] == [(2, 55, 20, 20), (2, 33, 10, 10)]
    assert concat_preds(*preds).shape == (2, 25300)


def test_flatten_pred_of_worked_example():
    """Both channels of a pixel are side by side"""
    pred = np.array([[[[1.0, 2], [3, 4]], [[10, 20], [30, 40]]]])
    assert_equal(flatten_pred(pred), np.array([[1.0, 10, 2, 20, 3, 30, 4, 40]]))


# --- gradients


@given(predictions(sixteenths), sixteenths((1024,)))
def test_flatten_pred_has_the_gradient_of_the_inverse(example, weights):
    """∂ ⟨w, flatten(x)⟩ / ∂x[n, c, i, j] = w[n, (i · width + j) · channels + c]"""
    (pred,) = example
    w = np.resize(weights, flatten_pred(pred).shape)
    (slope,) = gradient(flatten_pred, [pred], w)
    assert_equal(flatten_pred(slope.astype(float)), w)


# --- errors


@each_predictor
@pytest.mark.parametrize(
    "shape", [(4, 1, 1, 3), (5, 1, 3, 3), (4, 1, 3), (4, 1, 3, 3, 1)]
)
def test_cls_predictor_and_bbox_predictor_reject_other_windows(predict, shape):
    x = np.zeros((1, 1, 2, 2))
    with pytest.raises(ValueError, match="weight has shape"):
        bound(predict)(x, np.zeros(shape), np.zeros(shape[0]))


def test_cls_predictor_rejects_no_class():
    with pytest.raises(ValueError, match="num_classes is 0"):
        bound(cls_predictor, 0)(
            np.zeros((1, 1, 2, 2)), np.zeros((1, 1, 3, 3)), np.zeros(1)
        )


def test_concat_preds_and_flatten_pred_reject_what_does_not_fit():
    one, two = np.zeros((1, 2, 3, 3)), np.zeros((2, 2, 3, 3))
    for preds in [(), (one, two)]:
        with pytest.raises(ValueError, match="preds have shapes"):
            concat_preds(*preds)
    with pytest.raises(ValueError, match="pred has shape"):
        flatten_pred(one[0])


# --- agreement


@given(maps(ordinary))
def test_cls_predictor_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, classes = example
    agree(backend, cls_predictor, *tensors, num_classes=classes)


@given(maps(ordinary, numbers=4))
def test_bbox_predictor_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_predictor, *example[0])


@given(predictions(ordinary))
def test_flatten_pred_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, flatten_pred, *example)


@given(st.integers(1, 3).flatmap(lambda n: predictions(ordinary, scales=n)))
def test_concat_preds_agrees_with_backend(backend, preds):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, concat_preds, *preds)
