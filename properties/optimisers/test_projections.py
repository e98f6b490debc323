"""The laws of reference/optimisers/projections.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.optimisers.strategies import assert_at_most, shares
from properties.strategies import (
    fractions,
    ordinary,
    per_axis,
    sixteenths,
    tile_edges,
    whole_numbers,
)
from reference.classification.cross_entropy import cross_entropy
from reference.optimisers.projections import (
    project_on_ball,
    project_on_box,
    project_on_simplex,
)

# --- strategies


@st.composite
def boxed(draw, elements):
    """An array, and the corners of a box, some of which are the same."""
    shape = draw(per_axis(2, 0, 4))
    x, lower = draw(elements(shape)), draw(elements(shape))
    return x, lower, lower + abs(draw(elements(shape)))


@st.composite
def rows(draw, elements):
    """An array and one of its axes, rarely one that kernels are tiled along."""
    kind, axis, *shape = draw(whole_numbers((0, 9), (-2, 1), (1, 4), (1, 4)))
    if kind == 9:
        shape[axis] = draw(tile_edges(64))
    return draw(elements(tuple(shape))), axis


pairs_of_rows = st.integers(1, 4).flatmap(
    lambda size: st.tuples(fractions((size,)), fractions((size,)))
)
pairs_of_points = st.integers(1, 4).flatmap(
    lambda size: st.tuples(sixteenths((size,)), sixteenths((size,)))
)


def squared(x):
    return sum(number * number for number in x)


# --- convex sets: what a projection leaves as it is


@given(pairs_of_rows, shares)
def test_project_on_simplex_has_a_convex_image(pair, a):
    """a x + (1 − a) y of two distributions is one: P leaves it as it is"""
    x, y = (project_on_simplex(row, dim=0) for row in pair)
    mixed = a * x + (1 - a) * y
    assert_equal(project_on_simplex(mixed, dim=0), mixed)


@given(boxed(fractions), st.data(), shares)
def test_project_on_box_has_a_convex_image(example, data, a):
    """a x + (1 − a) y of two points in a box is in it"""
    x, *box = example
    y = project_on_box(data.draw(fractions(x.shape), "y"), *box)
    mixed = a * project_on_box(x, *box) + (1 - a) * y
    assert_equal(project_on_box(mixed, *box), mixed)


@given(pairs_of_points, st.integers(1, 7), st.integers(1, 64))
def test_project_on_ball_has_a_convex_image(pair, k, sixteenth):
    """‖a x + (1 − a) y‖ ≤ r for ‖x‖, ‖y‖ ≤ r; in a box with it as well, if both are"""
    radius = sixteenth / 16
    x, y = (project_on_ball(bounded(p), dim=0, radius=radius) for p in pair)
    mixed = k / 8 * x + (1 - k / 8) * y
    assert_equal(project_on_ball(mixed, dim=0, radius=radius), mixed)


# --- identities


@given(per_axis(2, 1, 3).flatmap(fractions))
def test_project_on_simplex_sums_to_one(x):
    """Σ_i y[i] = 1 and y ≥ 0"""
    y = project_on_simplex(x, dim=1)
    assert (y >= 0).all()
    assert (y.sum(axis=1) == 1).all()


@given(pairs_of_rows)
def test_project_on_simplex_is_the_nearest(pair):
    """‖x − P(x)‖ ≤ ‖x − q‖ for any distribution q"""
    x, q = pair[0], project_on_simplex(pair[1], dim=0)
    y = project_on_simplex(x, dim=0)
    assert squared(x - y) <= squared(x - q)


@given(boxed(fractions), st.data())
def test_project_on_box_is_the_nearest(example, data):
    """‖x − P(x)‖ ≤ ‖x − q‖ for any q of the box"""
    x, *box = example
    q = project_on_box(data.draw(fractions(x.shape), "q"), *box)
    assert squared((x - project_on_box(x, *box)).flat) <= squared((x - q).flat)


# --- invariances


@given(boxed(fractions))
def test_project_on_box_is_idempotent(example):
    """P(P(x)) = P(x)"""
    x, *box = example
    once = project_on_box(x, *box)
    assert_equal(project_on_box(once, *box), once)


@given(pairs_of_rows)
def test_project_on_simplex_is_idempotent(pair):
    """P(P(x)) = P(x)"""
    once = project_on_simplex(pair[0], dim=0)
    assert_equal(project_on_simplex(once, dim=0), once)


@given(pairs_of_rows, st.integers(-9, 9))
def test_project_on_simplex_is_invariant_under_shifts(pair, c):
    """P(x + c) = P(x), as of softmax"""
    left = project_on_simplex(pair[0] + Fraction(c, 3), dim=0)
    assert_equal(left, project_on_simplex(pair[0], dim=0))


# --- bounds


@given(pairs_of_rows)
def test_project_on_simplex_brings_points_no_further_apart(pair):
    """‖P(x) − P(y)‖ ≤ ‖x − y‖: it is non-expansive"""
    x, y = pair
    left = project_on_simplex(x, dim=0) - project_on_simplex(y, dim=0)
    assert squared(left) <= squared(x - y)


@given(boxed(fractions), st.data())
def test_project_on_box_brings_points_no_further_apart(example, data):
    """‖P(x) − P(y)‖ ≤ ‖x − y‖"""
    x, *box = example
    y = data.draw(fractions(x.shape), "y")
    left = project_on_box(x, *box) - project_on_box(y, *box)
    assert squared(left.flat) <= squared((x - y).flat)


@given(pairs_of_points, st.integers(1, 64))
def test_project_on_ball_is_bounded_by_its_radius(pair, k):
    """‖P(x)‖ ≤ r"""
    y = project_on_ball(bounded(pair[0]), dim=0, radius=k / 16)
    assert_at_most(np.array([squared(y)]), bounded(np.array([(k / 16) ** 2])))


# --- convex functions


@given(pairs_of_rows, shares)
def test_a_sum_and_a_maximum_of_convex_functions_are_convex(pair, a):
    """f(a x + (1 − a) y) ≤ a f(x) + (1 − a) f(y) for Σ x², max x and their sum"""
    x, y = pair
    for f in (squared, max, lambda z: squared(2 * z - 1) + max(z)):
        assert f(a * x + (1 - a) * y) <= a * f(x) + (1 - a) * f(y)


def test_cross_entropy_is_not_strictly_convex():
    """Along equal shifts of all logits it is constant: f(z + 1) = f(z)"""
    z, target = np.array([0.5, -1.0, 2.0]), np.array(1)
    assert_equal(cross_entropy(z + 1, target), cross_entropy(z, target))


def test_the_loss_of_a_network_is_not_convex():
    """(u · max(v, 0) − 1)² is 0 at (2, ½) and (½, 2), and above 0 between them"""

    def loss(u, v):
        return (u * max(v, 0) - 1) ** 2

    assert loss(2, 0.5) == loss(0.5, 2) == 0
    assert loss(1.25, 1.25) > 0


# --- special cases


@given(pairs_of_points)
def test_project_on_ball_leaves_what_is_inside(pair):
    """‖x‖ ≤ r: P(x) = x"""
    assert_equal(project_on_ball(pair[0], dim=0, radius=32.0), pair[0])


@given(st.integers(1, 6))
def test_project_on_simplex_of_equal_numbers_is_uniform(size):
    """P(c, …, c) = (1 / n, …, 1 / n)"""
    left = project_on_simplex(np.array([Fraction(3)] * size), dim=0)
    assert_equal(left, np.array([Fraction(1, size)] * size))


# --- errors


def test_project_on_box_rejects_an_empty_box():
    with pytest.raises(ValueError, match="above upper"):
        project_on_box(np.zeros(2), np.ones(2), np.zeros(2))


def test_project_on_box_rejects_other_shapes():
    with pytest.raises(ValueError, match="input and upper have shapes"):
        project_on_box(np.zeros(2), np.zeros(2), np.zeros(3))


@pytest.mark.parametrize("radius", [0, np.inf])
def test_project_on_ball_rejects_no_radius(radius):
    with pytest.raises(ValueError, match=f"radius is {radius}"):
        project_on_ball(np.zeros(2), dim=0, radius=radius)


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_project_on_simplex_rejects_empty_rows(shape):
    with pytest.raises(ValueError, match="must not be empty"):
        project_on_simplex(np.zeros(shape), dim=-1)


# --- agreement


@given(boxed(ordinary))
def test_project_on_box_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    names = ("input", "lower", "upper")  # where they tie, slopes are a choice
    agree(backend, project_on_box, *example, constant=names)


@given(rows(ordinary), st.sampled_from([1.0, 0.1, 10.0]))
def test_project_on_ball_agrees_with_backend(backend, example, radius):
    """The backend is as close to the definition as its precision promises."""
    x, dim = example
    agree(backend, project_on_ball, x, constant=("input",), dim=dim, radius=radius)


@given(rows(ordinary))
def test_project_on_simplex_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, dim = example
    agree(backend, project_on_simplex, x, constant=("input",), dim=dim)
