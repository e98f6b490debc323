"""The laws of reference/optimisers/descent.py, then its agreement with backends."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.optimisers.strategies import shares
from properties.strategies import fractions, ordinary, whole_numbers
from reference.optimisers.descent import projected_descent, quadratic_descent

# --- strategies


@st.composite
def quadratics(draw, elements):
    """A start, a symmetric matrix and an offset, and the number of steps."""
    n, steps = draw(whole_numbers((1, 3), (0, 3)))
    half = draw(elements((n, n)))
    upper = np.triu(half)
    matrix = upper + np.triu(half, 1).T
    return (draw(elements((n,))), matrix, draw(elements((n,)))), steps


diagonals = st.integers(1, 4).flatmap(
    lambda n: st.tuples(fractions((n,)), fractions((n,)), fractions((n,)))
)


def exact(rows):
    return np.array([[Fraction(number) for number in row] for row in rows])


# --- identities


@given(diagonals, shares, st.integers(0, 4))
def test_quadratic_descent_multiplies_the_error_along_each_axis(example, lr, steps):
    """x[t] − x* = (1 − lr · λ)ᵗ · (x[0] − x*) where A has the eigenvalues λ"""
    start, eigenvalues, best = example
    matrix, offset = np.diag(eigenvalues), eigenvalues * best
    path = quadratic_descent(start, matrix, offset, lr=lr, steps=steps)
    for t, x in enumerate(path, start=1):
        assert_equal(x, best + (1 - lr * eigenvalues) ** t * (start - best))


@given(quadratics(fractions), shares)
def test_quadratic_descent_stays_only_where_the_gradient_is_0(example, lr):
    """x[1] = x[0] just if A x[0] = b"""
    (start, matrix, offset), _ = example
    (there,) = quadratic_descent(start, matrix, offset, lr=lr, steps=1)
    assert (there == start).all() == (matrix @ start == offset).all()
    (stayed,) = quadratic_descent(start, matrix, matrix @ start, lr=lr, steps=1)
    assert_equal(stayed, start)


# --- bounds


@given(diagonals, st.integers(1, 4))
def test_quadratic_descent_from_anywhere_reaches_the_same_value(example, steps):
    """Convex: whatever the start, f falls towards the one least value"""
    start, eigenvalues, best = example
    curve = abs(eigenvalues) + 1
    lr = 1 / max(curve)
    path = quadratic_descent(start, np.diag(curve), curve * best, lr=lr, steps=steps)
    values = [sum(curve * (x - best) ** 2) for x in (start, *path)]
    assert all(later <= earlier for earlier, later in pairwise(values))


@given(quadratics(fractions), st.data(), shares)
def test_projected_descent_stays_in_the_box(example, data, lr):
    """lower ≤ x[t] ≤ upper"""
    (start, matrix, offset), steps = example
    lower = data.draw(fractions(start.shape), "lower")
    box = lower, lower + abs(data.draw(fractions(start.shape), "width"))
    path = projected_descent(start, matrix, offset, *box, lr=lr, steps=steps)
    assert ((box[0] <= path) & (path <= box[1])).all()


# --- special cases


@given(quadratics(fractions), shares)
def test_projected_descent_in_a_wide_box_reduces_to_quadratic_descent(example, lr):
    """The box is never reached: nothing is constrained"""
    quadratic, steps = example
    wide = np.full(quadratic[0].shape, Fraction(10**9))
    left = projected_descent(*quadratic, -wide, wide, lr=lr, steps=steps)
    assert_equal(left, quadratic_descent(*quadratic, lr=lr, steps=steps))


def test_projected_descent_stops_at_the_border():
    """The least point of (x − 2)² / 2 in [0, 1] is 1, where the gradient is not 0"""
    tensors = exact([[0], [2], [0], [1]])
    start, offset, lower, upper = tensors
    path = projected_descent(
        start, exact([[1]]), offset, lower, upper, lr=Fraction(1, 2), steps=3
    )
    assert_equal(path, exact([[1], [1], [1]]))


def test_quadratic_descent_diverges_at_too_great_a_rate():
    """lr · λ > 2: |1 − lr · λ| > 1, and the error grows"""
    path = quadratic_descent(np.ones(1), np.ones((1, 1)), np.zeros(1), lr=3.0, steps=3)
    assert_equal(path, np.array([[-2.0], [4.0], [-8.0]]))


def test_a_strictly_convex_function_need_not_have_a_least_point():
    """e^x: descent goes on for ever, and e^x falls below every e^x[t]"""
    x, values = 0.0, []
    for _ in range(5):
        x -= np.exp(x)
        values.append(np.exp(x))
    assert all(0 < later < earlier for earlier, later in pairwise(values))


# --- errors


@pytest.mark.parametrize(
    ("shapes", "options", "message"),
    [
        ([(2,), (2, 3), (2,)], {}, "start, matrix and offset"),
        ([(2,), (2, 2), (3,)], {}, "start, matrix and offset"),
        ([(2, 2), (2, 2), (2, 2)], {}, "start, matrix and offset"),
        ([(), (), ()], {}, "start, matrix and offset"),
        ([(2,), (2, 2), (2,)], {"lr": -1}, "lr is -1"),
        ([(2,), (2, 2), (2,)], {"steps": -1}, "steps is -1"),
    ],
)
def test_quadratic_descent_rejects_arguments(shapes, options, message):
    with pytest.raises(ValueError, match=message):
        quadratic_descent(*map(np.zeros, shapes), **{"lr": 1, "steps": 1} | options)


def test_projected_descent_rejects_a_start_of_two_axes():
    one, matrix = np.ones((2, 2)), np.ones((2, 2, 2, 2))
    with pytest.raises(ValueError, match="start, matrix and offset"):
        projected_descent(one, matrix, one, -one, one, lr=1, steps=0)


def test_projected_descent_rejects_an_empty_box():
    one = np.ones(1)
    with pytest.raises(ValueError, match="above upper"):
        projected_descent(one, np.ones((1, 1)), one, one, -one, lr=1, steps=1)


# --- agreement

FIXED = ("start", "matrix", "offset", "lower", "upper")
RATES = st.sampled_from([0.1, 0.5, 1.0, 0.0])


@given(quadratics(ordinary), RATES)
def test_quadratic_descent_agrees_with_backend(backend, example, lr):
    """The backend is as close to the definition as its precision promises."""
    tensors, steps = example
    options = {"lr": lr, "steps": steps}
    agree(backend, quadratic_descent, *tensors, constant=FIXED, **options)


@given(quadratics(ordinary), RATES, st.integers(0, 8))
def test_projected_descent_agrees_with_backend(backend, example, lr, width):
    """The backend is as close to the definition as its precision promises."""
    tensors, steps = example
    box = tensors[0] - width, tensors[0] + width / 2
    options = {"lr": lr, "steps": steps}
    agree(backend, projected_descent, *tensors, *box, constant=FIXED, **options)
