"""The laws of reference/optimisers/hyperparameters.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import (
    fractions,
    full_width,
    interior,
    ordinary,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.optimisers.hyperparameters import best_point, grid_points, random_points

# --- strategies


@st.composite
def grids(draw, elements):
    """One to four lists of values."""
    sizes = draw(whole_numbers((1, 4), (0, 3), (1, 4), (1, 3), (1, 5)))
    return [draw(elements((size,))) for size in sizes[1 : 1 + sizes[0]]]


@st.composite
def boxes(draw, uniforms, corners):
    """Uniform numbers, and the corners of a box."""
    points, axes = draw(whole_numbers((0, 5), (1, 4)))
    u = draw(uniforms((points, axes)))
    return u, draw(corners((axes,))), draw(corners((axes,)))


@st.composite
def trials(draw, elements, losses=sixteenths):
    """Points, and their losses: many are the same."""
    points, axes = draw(per_axis(2, 1, 5))
    drawn = draw(losses((points,)))
    if draw(st.booleans()):
        drawn = np.floor(drawn)
    return draw(elements((points, axes))), drawn


# --- identities


@given(grids(fractions))
def test_grid_points_are_every_combination_once(axes):
    """points[i · |b| + j] = (a[i], b[j]), and so on for more axes"""
    points = grid_points(*axes)
    sizes = tuple(len(axis) for axis in axes)
    assert len(points) == np.prod(sizes)
    for k, index in enumerate(np.ndindex(sizes)):
        assert_equal(points[k], np.array([a[i] for a, i in zip(axes, index)], object))


# --- bounds


@given(boxes(interior, sixteenths))
def test_random_points_are_in_the_box(example):
    """lower ≤ x ≤ upper, as 0 ≤ u < 1"""
    u, a, b = example
    lower, upper = np.minimum(a, b), np.maximum(a, b)
    points = random_points(u, lower, upper)
    assert ((lower <= points) & (points <= upper)).all()


@given(trials(fractions))
def test_best_point_loses_no_more_than_any(example):
    """Its loss is the least, and no point before it has that"""
    points, losses = example
    tagged = np.concatenate([points, np.arange(len(points))[:, None]], axis=1)
    first = best_point(tagged, losses)[-1]
    assert losses[first] == losses.min()
    assert (losses[:first] > losses.min()).all()


# --- invariances


@given(trials(fractions), st.integers(1, 5))
def test_best_point_is_invariant_under_scales_of_losses(example, scale):
    """best(points, c · losses + 1) = best(points, losses) for c > 0"""
    points, losses = example
    assert_equal(best_point(points, scale * losses + 1), best_point(points, losses))


# --- special cases


@given(boxes(lambda shape: st.just(np.zeros(shape)), sixteenths))
def test_random_points_of_zeros_are_the_lower_corner(example):
    """u = 0: x = lower"""
    u, lower, upper = example
    points = random_points(u, lower, upper)
    assert_equal(points, np.broadcast_to(lower, points.shape))


def test_best_point_of_a_tie_is_the_first():
    losses = np.array([2.0, 1.0, 1.0])
    points = np.array([[1.0], [2.0], [3.0]])
    assert_equal(best_point(points, losses), np.array([2.0]))


# --- errors


def test_grid_points_rejects_no_axes():
    with pytest.raises(ValueError, match="there are no axes"):
        grid_points()


def test_grid_points_rejects_what_is_no_list():
    with pytest.raises(ValueError, match=r"axes\[1\]"):
        grid_points(np.ones(2), np.ones((2, 2)))


def test_random_points_rejects_another_number_of_axes():
    with pytest.raises(ValueError, match="uniforms have shape"):
        random_points(np.zeros((3, 2)), np.zeros(3), np.ones(3))


@pytest.mark.parametrize("shape", [(2,), (0,), (3, 1)])
def test_best_point_rejects_losses(shape):
    with pytest.raises(ValueError, match="losses have shape"):
        best_point(np.zeros((max(shape[0], 0) * (shape != (2,)), 2)), np.zeros(shape))


# --- agreement


@given(grids(full_width))
def test_grid_points_agrees_with_backend(backend, axes):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, grid_points, *axes)


@given(boxes(interior, ordinary))
def test_random_points_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, random_points, *example)


@given(trials(full_width))
def test_best_point_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, best_point, *example, constant=("losses",))
