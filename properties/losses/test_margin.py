"""The laws of reference/losses/margin.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import (
    REDUCTIONS,
    codes,
    fractions,
    ordinary,
    positive,
    sixteenths,
    with_non_finite,
)
from reference.losses.margin import multi_margin_loss, multiclass_svm_loss

SHAPES = st.sampled_from(
    [(2, 3), (3, 33), (1, 2), (4,), (2, 65), (3, 1), (33, 2), (5, 4)]
)
MARGINS = st.sampled_from([1.0, 0.5, 2.0, 0.0, -1.0])


@st.composite
def scored(draw, elements, *, shapes=SHAPES):
    """Scores, and classes as targets."""
    shape = draw(shapes)
    target = np.asarray(draw(codes(shape[:-1])) % shape[-1], np.int64)
    return draw(elements(shape)), target


@st.composite
def examples(draw, elements):
    """Scores, targets, weights of classes or None, and options."""
    x, target = draw(scored(elements))
    weight = draw(positive(x.shape[-1:])) if draw(st.booleans()) else None
    power, margin = draw(st.sampled_from([1, 2])), draw(MARGINS)
    options = {"p": power, "margin": margin, "reduction": draw(REDUCTIONS)}
    return (x, target, weight), options


batches = st.sampled_from([(1, 2), (2, 3), (3, 1), (2, 4)])

# --- identities


def test_multiclass_svm_loss_is_not_divided_by_the_classes():
    """The notes: L = Σ max(0, s[j] − s[k] + 1). PyTorch's is that over the classes."""
    x, target = np.array([[3.25, 5.0, -1.75]]), np.array([0])
    assert_equal(multiclass_svm_loss(x, target), np.array([2.75]))
    assert 3 * multi_margin_loss(x, target) == 2.75 != multi_margin_loss(x, target)


@given(scored(fractions, shapes=batches))
def test_multiclass_svm_loss_is_that_of_all_classes(example):
    """multiclass_svm_loss = classes · multi_margin_loss"""
    x, target = example
    right = multi_margin_loss(x, target, margin=1, reduction="none")
    assert_equal(multiclass_svm_loss(x, target, margin=1), x.shape[1] * right)


@given(scored(fractions, shapes=batches))
def test_multi_margin_loss_reductions_are_of_its_losses(example):
    """sum = Σ_n l[n],  mean = Σ_n l[n] / batch, and weights do not count in it"""
    x, target = example
    weight = np.arange(1, x.shape[1] + 1)
    losses = multi_margin_loss(x, target, weight, margin=1, reduction="none")
    total = multi_margin_loss(x, target, weight, margin=1, reduction="sum")
    assert total == sum(losses)
    assert multi_margin_loss(x, target, weight, margin=1) == sum(losses) / len(x)


@given(scored(fractions, shapes=batches), st.sampled_from([1, 2]))
def test_multi_margin_loss_is_homogeneous_in_scores_and_margin(example, p):
    """l(3 x, 3 margin) = 3ᵖ · l(x, margin)"""
    x, target = example
    left = multi_margin_loss(3 * x, target, p=p, margin=3, reduction="none")
    right = multi_margin_loss(x, target, p=p, margin=1, reduction="none")
    assert (left == 3**p * right).all()


# --- invariances


@given(scored(fractions, shapes=batches), st.integers(-20, 20))
def test_multi_margin_loss_is_invariant_under_shifts(example, c):
    """l(x + c) = l(x)"""
    x, target = example
    left = multi_margin_loss(x + c, target, margin=1)
    assert left == multi_margin_loss(x, target, margin=1)


# --- bounds


@given(scored(fractions, shapes=batches))
def test_multiclass_svm_loss_is_zero_where_the_margin_is_kept(example):
    """l[n] ≥ 0, and l[n] = 0  ⇔  x[n, k] ≥ x[n, j] + 1 for all j ≠ k"""
    x, target = example
    for row, k, loss in zip(x, target, multiclass_svm_loss(x, target, margin=1)):
        kept = all(row[k] >= other + 1 for other in np.delete(row, k))
        assert loss >= 0
        assert (loss == 0) == kept


@given(scored(fractions, shapes=batches))
def test_multiclass_svm_loss_of_one_sample_needs_no_batch(example):
    """l(x[n], k[n]) = l(x, k)[n]"""
    x, target = example
    losses = [multiclass_svm_loss(*one, margin=1) for one in zip(x, target)]
    assert_equal(np.array(losses), multiclass_svm_loss(x, target, margin=1))


@given(st.data())
def test_multiclass_svm_loss_is_convex_in_the_scores(data):
    """l((x + z) / 2) ≤ (l(x) + l(z)) / 2"""
    x, target = data.draw(scored(fractions, shapes=batches))
    z = data.draw(fractions(x.shape), "z")
    middle = multiclass_svm_loss((x + z) / 2, target, margin=1)
    ends = [multiclass_svm_loss(end, target, margin=1) for end in (x, z)]
    assert (2 * middle <= sum(ends)).all()


# --- special cases


@given(st.integers(1, 9), st.integers(-9, 9))
def test_multiclass_svm_loss_of_equal_scores_counts_other_classes(classes, score):
    """l([s, …, s]) = classes − 1"""
    x = np.full((1, classes), float(score))
    assert_equal(multiclass_svm_loss(x, np.array([0])), np.array([classes - 1.0]))


def test_multi_margin_loss_of_nan_is_nan():
    """max(0, NaN) = NaN"""
    x = np.array([[1.0, np.nan, 2.0]])
    assert np.isnan(multi_margin_loss(x, np.array([0])))


# --- gradients


@given(scored(sixteenths, shapes=batches))
@example((np.array([[1.0, 0.0]]), np.array([0])))
def test_multiclass_svm_loss_gradient_counts_classes_in_the_margin(example):
    """∂l/∂x[j] = [x[j] − x[k] + 1 > 0], j ≠ k;  ∂l/∂x[k] = minus their number"""
    x, target = example
    function = lambda x: multiclass_svm_loss(x, target)  # noqa: E731
    (slope,) = gradient(function, [x], np.ones(len(x)))
    rows = np.arange(len(x))
    expected = (x - x[rows, target][:, None] + 1 > 0) * 1.0
    expected[rows, target] = 1 - expected.sum(axis=1)
    assert_equal(slope.astype(float), expected)


@pytest.mark.parametrize("p", [1, 2])
def test_multi_margin_loss_gradient_is_zero_at_the_margin(p):
    """A score that is lower by just the margin costs nothing, and pulls at nothing"""
    x, target = np.array([[2.0, 1.0, 0.0]]), np.array([0])
    (slope,) = gradient(lambda x: multi_margin_loss(x, target, p=p), [x], np.array(1.0))
    assert_equal(slope.astype(float), np.zeros((1, 3)))


# --- errors


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": np.array([3])}, "target is"),
        ({"target": np.array([-1])}, "target is"),
        ({"target": np.array([0, 1])}, "input and target have shapes"),
        ({"weight": np.ones(2)}, "weight has shape"),
        ({"weight": np.ones(4)}, "weight has shape"),
        ({"p": 3}, "p is 3"),
        ({"reduction": "max"}, "reduction is"),
    ],
)
def test_multi_margin_loss_rejects_bad_input(change, message):
    with pytest.raises(ValueError, match=message):
        multi_margin_loss(np.zeros((1, 3)), **{"target": np.array([0]), **change})


# --- agreement


@given(examples(ordinary))
def test_multi_margin_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, multi_margin_loss, *tensors, constant=("weight",), **options)


@given(scored(with_non_finite, shapes=batches), st.sampled_from([1, 2]))
def test_multi_margin_loss_of_non_finite_scores_agrees_with_backend(
    backend, example, p
):
    """A NaN among the scores is a NaN of the loss."""
    options = {"p": p, "margin": 1.0, "reduction": "none"}
    constant = ("input", "weight")
    agree(backend, multi_margin_loss, *example, None, constant=constant, **options)


@given(scored(ordinary, shapes=SHAPES.filter(lambda shape: len(shape) == 2)), MARGINS)
def test_multiclass_svm_loss_agrees_with_backend(backend, example, margin):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, multiclass_svm_loss, *example, margin=margin)
