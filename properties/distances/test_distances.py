"""The laws of reference/distances/distances.py, then agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    fractions,
    ordinary,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.distances.distances import (
    cdist,
    gram_cdist,
    k_nearest_neighbours,
    nearest_neighbour,
)

# --- strategies

SHAPES = st.sampled_from(
    [
        *[((2, 3), (3, 3)), ((1, 33), (2, 33)), ((33, 1), (2, 1)), ((2, 2), (26, 2))],
        *[((1, 65), (1, 65)), ((2, 1, 2, 3), (3, 1, 3)), ((2, 2, 2), (2, 3, 2))],
        *[((0, 2), (2, 2)), ((2, 0), (3, 0)), ((2, 2), (3, 1, 2)), ((1, 1), (1, 1))],
    ]
)
METRICS = st.sampled_from([1, 2])


@st.composite
def point_sets(draw, elements):
    """Two sets of points; in half of the examples, one point is in both."""
    left, right = draw(SHAPES)
    x1, x2 = draw(elements(left)), np.array(draw(elements(right)))
    if draw(st.booleans()) and x1.size and x2.size:
        x2[..., 0, :] = x1.reshape(-1, x1.shape[-1])[0]
    return x1, x2


@st.composite
def classifications(draw, elements):
    """Training points with labels of 0 to 2, and queries."""
    n, m, features = draw(whole_numbers((1, 6), (1, 3), (1, 3)))
    train, queries = draw(elements((n, features))), draw(elements((m, features)))
    return train, draw(codes((n,))).astype(np.int64) % 3, queries


def three_points(elements):
    """Three points with three features."""
    return st.tuples(*[elements((1, 3))] * 3)


# --- the axioms of a metric


@given(point_sets(sixteenths), METRICS)
def test_cdist_is_commutative(pair, p):
    """d(x, y) = d(y, x), and no distance is below 0"""
    x, y = pair
    left = cdist(x, y, p=p)
    assert_equal(left, cdist(y, x, p=p).swapaxes(-1, -2))
    assert (left >= 0).all()


@given(sixteenths((3, 2)), METRICS)
def test_cdist_is_zero_of_equal_points_alone(x, p):
    """d(x, y) = 0  ⇔  x = y"""
    equal = (x[:, None] == x[None]).all(-1)
    assert_equal(cdist(x, x, p=p) == 0, equal)


@given(three_points(fractions))
def test_cdist_of_one_obeys_the_triangle(points):
    """d(x, z) ≤ d(x, y) + d(y, z), p = 1"""
    x, y, z = points
    assert cdist(x, z, p=1) <= cdist(x, y, p=1) + cdist(y, z, p=1)


@given(three_points(sixteenths))
def test_cdist_of_two_obeys_the_triangle(points):
    """d(x, z) ≤ d(x, y) + d(y, z), p = 2"""
    x, y, z = map(bounded, points)
    around = cdist(x, y, p=2)[0, 0] + cdist(y, z, p=2)[0, 0]
    assert_equal(np.maximum(cdist(x, z, p=2)[0, 0], around), around)


# --- identities and invariances


@given(sixteenths((1, 3)), sixteenths((1, 3)))
def test_cdist_of_two_is_bounded_by_that_of_one(x, y):
    """L2 ≤ L1 ≤ √n · L2, as squares: L2² ≤ L1² ≤ n · L2²"""
    square = ((x - y) ** 2).sum()
    assert square <= cdist(x, y, p=1) ** 2 <= 3 * square


@given(sixteenths((2, 3)), sixteenths((2, 3)), sixteenths((3,)), METRICS)
def test_cdist_is_invariant_under_translation(x, y, shift, p):
    """d(x + t, y + t) = d(x, y)"""
    assert_equal(cdist(x + shift, y + shift, p=p), cdist(x, y, p=p))


@given(sixteenths((2, 3)), sixteenths((2, 3)), st.sampled_from([0, -1, 4, -0.5]))
def test_cdist_is_homogeneous(x, y, c):
    """d(c x, c y) = |c| d(x, y)"""
    for p in (1, 2):
        assert_equal(cdist(c * x, c * y, p=p), abs(c) * cdist(x, y, p=p))


@given(sixteenths((2, 2)), sixteenths((2, 2)))
def test_cdist_of_two_is_invariant_under_rotation(x, y):
    """d(Q x, Q y) = d(x, y) for a rotation by arctan(4 / 3), not by that of p = 1"""
    q = np.array([[3.0, -4.0], [4.0, 3.0]])
    assert_equal(cdist(x @ q, y @ q, p=2), cdist(5 * x, 5 * y, p=2))


def test_cdist_is_of_many_numbers():
    assert cdist(np.zeros((1, 300)), np.ones((1, 300)), p=1) == 300


def test_cdist_of_differences_not_of_pairs():
    """The notes: |I1, I2|. A minus: (1, 5) and (4, 1) are 7 apart, or 5 as p = 2."""
    x, y = np.array([[1.0, 5.0]]), np.array([[4.0, 1.0]])
    assert cdist(x, y, p=1) == 7
    assert cdist(x, y, p=2) == gram_cdist(x, y) == 5


@given(point_sets(ordinary))
def test_gram_cdist_is_cdist_of_two(pair):
    """√(|x|² + |y|² − 2 x · y) = √(Σ (x − y)²)"""
    x, y = map(bounded, pair)
    assert_equal(gram_cdist(x, y), cdist(x, y, p=2))


def test_gram_cdist_cancels():
    """In float64, 1e9 and 1e9 + 1 are 0 apart by the Gram form, and 1 by definition"""
    x, y = np.array([[1e9]]), np.array([[1e9 + 1]])
    assert gram_cdist(x, y) == 0
    assert cdist(x, y, p=2) == 1


def test_gram_cdist_is_0_where_rounding_makes_its_square_negative():
    """6.1 · 6.1 + 6.100000000000002² − 2 · 6.1 · 6.100000000000002 < 0 in float64"""
    x, y = 6.1, 6.100000000000002
    assert x * x + y * y - 2 * x * y < 0
    assert gram_cdist(np.array([[x]]), np.array([[y]])) == 0


# --- nearest neighbours


@given(classifications(sixteenths), METRICS)
def test_nearest_neighbour_of_a_training_point_is_itself(example, p):
    """A point that is there once gets its own label"""
    train, labels, _ = example
    alone = (train[:, None] == train[None]).all(-1).sum(1) == 1
    left = nearest_neighbour(train, labels, train, p=p)
    assert_equal(left[alone], labels[alone])


@given(classifications(sixteenths), METRICS)
def test_nearest_neighbour_is_argmin_of_the_distances(example, p):
    """y[i] = labels[argmin_j d(i, j)]"""
    train, labels, queries = example
    nearest = np.argmin(cdist(queries, train, p=p), 1)
    assert_equal(nearest_neighbour(train, labels, queries, p=p), labels[nearest])


@given(classifications(sixteenths))
def test_nearest_neighbour_is_invariant_under_increasing_maps(example):
    """The least √d² is the least d²"""
    train, labels, queries = example
    squares = ((queries[:, None] - train[None]) ** 2).sum(-1)
    left = nearest_neighbour(train, labels, queries, p=2)
    assert_equal(left, labels[np.argmin(squares, 1)])


@given(classifications(sixteenths), METRICS)
def test_k_nearest_neighbours_of_all_is_the_majority(example, p):
    """k = n  ⇒  y is the class that most training points have, the least of equals"""
    train, labels, queries = example
    left = k_nearest_neighbours(train, labels, queries, k=len(train), p=p)
    right = np.full(len(queries), np.argmax(np.bincount(labels)))
    assert_equal(left, right)


@given(classifications(sixteenths), st.randoms(use_true_random=False), METRICS)
def test_k_nearest_neighbours_is_invariant_under_permutations(example, random, p):
    """The order of training points does not count, where none are equally near"""
    train, labels, _ = example
    train = np.unique(train[:, :1], axis=0)
    query, labels = train[:1] - 1, labels[: len(train)]
    order = random.sample(range(len(train)), len(train))
    for k in range(1, len(train) + 1):
        left = k_nearest_neighbours(train[order], labels[order], query, k=k, p=p)
        assert_equal(left, k_nearest_neighbours(train, labels, query, k=k, p=p))


# --- gradients


@pytest.mark.parametrize("p", [1, 2])
def test_cdist_gradient_at_zero_is_zero(p):
    """∂d(x, y) = 0 where x = y, though d has a corner there"""
    x = np.array([[1.0, 2.0]])
    for part in gradient(lambda x, y: cdist(x, y, p=p), [x, x], np.ones((1, 1))):
        assert (part == 0).all()


# --- errors


def test_cdist_rejects_other_shapes_and_metrics():
    """(…, n, m) and (…, p, m), p = 1 or 2"""
    with pytest.raises(ValueError, match="p is 3"):
        cdist(np.zeros((1, 1)), np.zeros((1, 1)), p=3)
    for shapes in [((2,), (1, 2)), ((1, 2), (1, 3)), ((2, 1, 2), (3, 1, 2))]:
        with pytest.raises(ValueError, match=r"shape|features"):
            gram_cdist(*map(np.zeros, shapes))


@pytest.mark.parametrize("k", [0, 3])
def test_k_nearest_neighbours_rejects_other_counts(k):
    """1 ≤ k ≤ n, and one label for each training point"""
    x, labels = np.zeros((2, 1)), np.zeros(2, int)
    with pytest.raises(ValueError, match="k is"):
        k_nearest_neighbours(x, labels, x, k=k, p=1)
    with pytest.raises(ValueError, match="labels"):
        k_nearest_neighbours(x, labels[:1], x, k=1, p=1)


# --- agreement


@given(point_sets(ordinary), METRICS)
def test_cdist_agrees_with_backend(backend, pair, p):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cdist, *pair, p=p)


@given(point_sets(with_non_finite), METRICS)
def test_cdist_agrees_with_backend_on_what_is_not_finite(backend, pair, p):
    """NaN and infinities go where the definition sends them."""
    finite = [np.where(np.isinf(x), np.nan, x) for x in pair]
    agree(backend, cdist, *finite, constant=("x1", "x2"), p=p)


@given(point_sets(ordinary))
def test_gram_cdist_agrees_with_backend(backend, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gram_cdist, *pair)


@given(classifications(ordinary), METRICS)
def test_nearest_neighbour_agrees_with_backend(backend, example, p):
    """The very label, where rounding cannot make another point the nearest."""
    constant = ("train", "queries")
    agree(backend, nearest_neighbour, *example, constant=constant, p=p)


@given(classifications(ordinary), st.integers(1, 6), METRICS)
def test_k_nearest_neighbours_agrees_with_backend(backend, example, k, p):
    """The very class, where rounding cannot make another point one of the nearest."""
    constant, k = ("train", "queries"), min(k, len(example[0]))
    agree(backend, k_nearest_neighbours, *example, constant=constant, k=k, p=p)
