"""The laws of reference/segmentation/proposals.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.boxes.strategies import spread
from properties.strategies import codes, sixteenths, whole_numbers
from reference.classification.softmax import softmax
from reference.segmentation.proposals import fast_rcnn_head

# --- strategies


def distinct(shape):
    """Numbers between −2 and 2, no two of them alike."""
    return spread(shape).map(lambda numbers: 4 * numbers - 2)


@st.composite
def heads(draw, elements):
    """A feature map, proposals on it, and the weights of three layers."""
    ranges = (0, 15), (1, 2), (1, 2), (2, 4), (2, 4), (1, 3), (1, 2), (1, 3), (1, 2)
    kind, batch, channels, height, width, n, hidden, classes, bins = draw(
        whole_numbers(*ranges)
    )
    if kind < 3:
        channels, hidden, classes = [(33, 1, 1), (1, 33, 1), (1, 1, 33)][kind]
        batch, n, bins = 1, 1, 1
    scale = draw(st.sampled_from([1.0, 0.5, 2.0]))
    corners = draw(codes((n, 5))).astype(float)
    boxes = corners % [batch, width, height, width, height] / [1, *[scale] * 4]
    boxes[:, 3:] += boxes[:, 1:3]
    shapes = [(hidden, channels * bins * 2), (hidden,)]
    shapes += [(1 + classes, hidden), (1 + classes,), (4, hidden), (4,)]
    x = draw(elements((batch, channels, height, width)))
    weights = [draw(elements(shape)) for shape in shapes]
    return (x, boxes, *weights), {"output_size": (bins, 2), "spatial_scale": scale}


# --- identities


@given(heads(sixteenths))
def test_fast_rcnn_head_has_a_row_for_each_proposal(example):
    """The notes' n × q logits, here n × (1 + q), and n × 4 offsets"""
    (x, boxes, *weights), options = example
    logits, offsets = fast_rcnn_head(x, boxes, *weights, **options)
    assert logits.shape == (len(boxes), len(weights[3]))
    assert offsets.shape == (len(boxes), 4)


# --- invariances


@given(heads(sixteenths))
def test_fast_rcnn_head_treats_each_proposal_by_itself(example):
    """What is found in a proposal is what is found in it alone"""
    (x, boxes, *weights), options = example
    alone = [fast_rcnn_head(x, box[None], *weights, **options) for box in boxes]
    for left, right in zip(fast_rcnn_head(x, boxes, *weights, **options), zip(*alone)):
        assert_equal(left, np.concatenate(right))


@given(heads(sixteenths))
def test_fast_rcnn_head_is_equivariant_under_the_order_of_proposals(example):
    """Proposals turned around turn rows around"""
    (x, boxes, *weights), options = example
    turned = fast_rcnn_head(x, boxes[::-1], *weights, **options)
    for left, right in zip(turned, fast_rcnn_head(x, boxes, *weights, **options)):
        assert_equal(left, right[::-1])


# --- special cases


@given(sixteenths((3,)))
def test_fast_rcnn_head_rejects_a_proposal_by_its_background_alone(logits):
    """The notes: q logits for q classes. Then some class always has 1 / q or more; one
    logit more, of the background, can leave each with as little as one likes"""
    weights = (
        np.zeros((1, 1)),
        np.zeros(1),
        np.zeros((4, 1)),
        np.zeros((4, 1)),
        np.zeros(4),
    )
    hidden, bias, to_classes, to_offsets, no_offsets = weights
    tensors = np.zeros((1, 1, 1, 1)), np.zeros((1, 5)), hidden, bias
    rest = to_offsets, no_offsets
    for background, is_rejected in [([], False), ([40.0], True)]:
        b = np.array([*background, *logits])
        found, _ = fast_rcnn_head(
            *tensors, to_classes[: len(b)], b, *rest, output_size=(1, 1)
        )
        most = softmax(found, dim=1)[0, len(background) :].max()
        assert (most < 1 / 4) == is_rejected


# --- errors


def test_fast_rcnn_head_rejects_weights_that_do_not_fit():
    x, boxes, weight = np.zeros((1, 1, 2, 2)), np.zeros((1, 5)), np.zeros((1, 1))
    for count in (5, 7):
        with pytest.raises(ValueError, match=f"there are {count} weights"):
            fast_rcnn_head(x, boxes, *[weight] * count, output_size=(1, 1))
    with pytest.raises(ValueError, match=r"weight has shape .*, input "):
        fast_rcnn_head(x, boxes, *[weight] * 6, output_size=(2, 2))


# --- agreement


@given(heads(distinct))
def test_fast_rcnn_head_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, fast_rcnn_head, *tensors, constant=("boxes",), **options)
