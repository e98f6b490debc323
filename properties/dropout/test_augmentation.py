"""The laws of reference/dropout/augmentation.py, then its agreement."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import fractions, ordinary, per_axis, whole_numbers
from reference.dropout.augmentation import cutout, mixup

SHARES = st.sampled_from([0.25, 0.1, 1.0, 0.0, 0.7])


@st.composite
def cuts(draw, elements):
    """Images, and a rectangle that may reach over their borders."""
    shape = draw(whole_numbers((1, 2), (1, 2), (1, 5), (1, 9)))
    names = ("top", "left", "height", "width")
    numbers = draw(whole_numbers((-2, 5), (-2, 8), (0, 4), (0, 5)))
    return draw(elements(tuple(shape))), dict(zip(names, numbers))


@st.composite
def blends(draw, elements):
    """Two batches of examples, and targets of both."""
    batch, classes = draw(per_axis(2, 1, 3))
    size = draw(st.sampled_from([3, 33, 1]))
    x, z = draw(elements((batch, size))), draw(elements((batch, size)))
    y, u = draw(elements((batch, classes))), draw(elements((batch, classes)))
    return x, y, z, u


@given(cuts(fractions))
def test_cutout_is_idempotent(example):
    """Zeros are put where zeros are"""
    x, box = example
    assert_equal(cutout(cutout(x, **box), **box), cutout(x, **box))


@given(cuts(fractions))
def test_cutout_has_the_area_that_is_inside(example):
    """height · width pixels of each channel less what is outside; the rest is x's"""
    x, box = example
    inside = cutout(np.ones(x.shape), **box) == 0
    rows = range(box["top"], box["top"] + box["height"])
    columns = range(box["left"], box["left"] + box["width"])
    area = sum(0 <= i < x.shape[2] for i in rows)
    area *= sum(0 <= j < x.shape[3] for j in columns)
    assert (inside.sum(axis=(2, 3)) == area).all()
    assert_equal(cutout(x, **box)[~inside], x[~inside])


@given(blends(fractions), st.integers(0, 8).map(lambda k: Fraction(k, 8)))
def test_mixup_is_commutative_if_the_shares_change_places(example, lam):
    """mixup(a, b, lam) = mixup(b, a, 1 − lam)"""
    x, y, z, u = example
    left = mixup(x, y, z, u, lam=lam)
    for one, other in zip(left, mixup(z, u, x, y, lam=1 - lam)):
        assert_equal(one, other)


@given(blends(fractions), st.integers(0, 8).map(lambda k: Fraction(k, 8)))
def test_mixup_is_bounded_by_what_is_blended(example, lam):
    """min(x, x′) ≤ x̃ ≤ max(x, x′), and x̃ = x for lam = 1"""
    x, y, z, u = example
    blend, _ = mixup(x, y, z, u, lam=lam)
    assert ((np.minimum(x, z) <= blend) & (blend <= np.maximum(x, z))).all()
    assert_equal(mixup(x, y, z, u, lam=1)[0], x)


@given(st.integers(0, 8).map(lambda k: Fraction(k, 8)))
def test_mixup_blends_targets_too(lam):
    """The notes: random blends of images. Of their targets too, which sum to one"""
    x, z = np.array([[1, 0]], object), np.array([[0, 1]], object)
    _, target = mixup(x, x, z, z, lam=lam)
    assert_equal(target, np.array([[lam, 1 - lam]], object))
    assert target.sum() == 1


def test_cutout_and_mixup_reject_bad_input():
    x = np.zeros((1, 2))
    for shape in [(1, 2), (1, 1, 1, 1, 1)]:
        with pytest.raises(ValueError, match="input has shape"):
            cutout(np.zeros(shape), top=0, left=0, height=1, width=1)
    with pytest.raises(ValueError, match="lam is 2"):
        mixup(x, x, x, x, lam=2)
    with pytest.raises(ValueError, match="input and partner have shapes"):
        mixup(x, x, x[:, :1], x, lam=1)


@given(cuts(ordinary))
def test_cutout_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, box = example
    agree(backend, cutout, x, **box)


@given(blends(ordinary), SHARES)
def test_mixup_agrees_with_backend(backend, example, lam):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, mixup, *example, lam=lam)
