"""The laws of reference/losses/linear_classifier.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import fractions, ordinary, per_axis
from reference.losses.linear_classifier import linear_scores


@st.composite
def classifiers(draw, elements):
    """An input, a weight and a bias."""
    batch, classes, features = draw(per_axis(3, 1, 3))
    if elements is ordinary:
        features = draw(st.sampled_from([3, 33, 1, 65, 4]))
    x, w = draw(elements((batch, features))), draw(elements((classes, features)))
    return x, w, draw(elements((classes,)))


@given(classifiers(fractions))
def test_linear_scores_have_the_bias_as_a_weight_of_one(example):
    """W x + b = [W b] [x; 1]"""
    x, w, b = example
    ones = np.ones((len(x), 1), int)
    right = linear_scores(np.hstack([x, ones]), np.hstack([w, b[:, None]]))
    assert_equal(linear_scores(x, w, b), right)


@given(classifiers(fractions))
def test_linear_scores_are_products_with_templates(example):
    """s[n, k] = ⟨W[k], x[n]⟩ + b[k]"""
    x, w, b = example
    for k, template in enumerate(w):
        assert_equal(linear_scores(x, w, b)[:, k], x @ template + b[k])


@given(classifiers(fractions), st.data())
def test_linear_scores_order_classes_as_without_a_common_template(example, data):
    """W[k] + v for all k adds ⟨v, x[n]⟩ to each score: the differences are the same"""
    x, w, b = example
    v = data.draw(fractions(w.shape[1:]), "v")
    left, right = linear_scores(x, w + v, b), linear_scores(x, w, b)
    assert_equal(left - left[:, :1], right - right[:, :1])


@given(classifiers(fractions), st.integers(1, 9))
def test_linear_scores_are_homogeneous_in_the_weights(example, a):
    """s(a W, a b) = a · s(W, b): for a > 0 the greatest stays the greatest"""
    x, w, b = example
    assert_equal(linear_scores(x, a * w, a * b), a * linear_scores(x, w, b))


@pytest.mark.parametrize(
    ("weight", "bias", "message"),
    [((2, 4), 2, "input and weight"), ((2, 3), 3, "bias has shape")],
)
def test_linear_scores_reject_bad_input(weight, bias, message):
    with pytest.raises(ValueError, match=message):
        linear_scores(np.zeros((1, 3)), np.zeros(weight), np.zeros(bias))


@given(classifiers(ordinary), st.booleans())
def test_linear_scores_agree_with_backend(backend, example, unbiased):
    """The backend is as close to the definition as its precision promises."""
    x, w, b = example
    agree(backend, linear_scores, x, w, None if unbiased else b)
