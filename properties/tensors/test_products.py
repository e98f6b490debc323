"""The laws of reference/tensors/products.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    fractions,
    full_width,
    ordinary,
    sixteenths,
    tile_edges,
    whole_numbers,
    with_non_finite,
)
from reference.tensors.products import (
    addmm,
    addmv,
    baddbmm,
    bmm,
    dot,
    matmul,
    mm,
    mv,
)

# --- strategies

SIDES = st.sampled_from(
    [
        *[(2, 3, 2), (1, 1, 1), (3, 2, 4), (2, 33, 1), (1, 65, 2), (33, 1, 2)],
        *[(2, 2, 33), (65, 2, 1), (1, 3, 65), (4, 4, 4), (0, 2, 3), (2, 0, 3)],
        (2, 3, 0),
    ]
)
"""Rows, inner size and columns: of nothing, small, and past what kernels vectorize."""

SCALES = st.sampled_from([0.5, 1, 0, -2, 1.5])

SHAPES = st.sampled_from(
    [
        *[((3,), (3,)), ((65,), (65,)), ((0,), (0,)), ((2, 3), (3,)), ((3,), (3, 2))],
        *[((2, 3), (3, 4)), ((33, 2), (2, 3)), ((1, 65), (65, 1)), ((0, 3), (3, 2))],
        *[((2, 3), (3, 33)), ((3,), (3, 65)), ((2, 1, 2), (2, 2, 33))],
        *[((3,), (2, 3, 2)), ((2, 2, 3), (3,)), ((2, 1, 3), (3, 2)), ((3, 0), (0, 2))],
        *[((2, 3), (2, 3, 2)), ((2, 1, 2, 3), (3, 3, 1)), ((1, 2, 3), (3, 3, 2))],
        *[((2, 1, 1, 2), (1, 3, 2, 2)), ((0, 2, 3), (3, 1)), ((2, 2, 0), (0, 3))],
        *[((3,), (2, 2, 3, 1)), ((2, 2, 1, 3), (3,)), ((1, 33), (2, 33, 2))],
    ]
)
"""Shapes that multiply: by every rule of ranks, and with batches that broadcast."""


@st.composite
def vectors(draw, elements, *, sizes=(3, 1, 2, 0, 33, 65, 5)):
    """Two vectors of one size."""
    n = draw(st.sampled_from(sizes))
    return draw(elements((n,))), draw(elements((n,)))


@st.composite
def matrices(draw, elements, *, sides=SIDES):
    """Two matrices that multiply."""
    n, m, p = draw(sides)
    return draw(elements((n, m))), draw(elements((m, p)))


@st.composite
def batches(draw, elements):
    """Two batches of matrices that multiply."""
    n, m, p = draw(SIDES)
    batch = 1 if 65 in (n, m, p) else draw(st.sampled_from([3, 1, 2, 0]))
    return draw(elements((batch, n, m))), draw(elements((batch, m, p)))


@st.composite
def scaled_sums(draw, products, elements):
    """What a product is added to, its factors, and how both are scaled.

    The first is as large as the product, or broadcasts to it.
    """
    left, right = draw(products)
    shape = (*left.shape[:-1], *right.shape[left.ndim - 1 :])
    ones = (1,) * len(shape)
    sizes = [shape, shape[:-1] + ones[:1], shape[1:], ones[:1] + shape[1:], ones]
    bias = np.asarray(draw(elements(draw(st.sampled_from(sizes)))))
    return (bias, left, right), {"beta": draw(SCALES), "alpha": draw(SCALES)}


@st.composite
def multiplied(draw, elements):
    """Two tensors of any ranks that multiply."""
    left, right = draw(SHAPES)
    return draw(elements(left)), draw(elements(right))


@st.composite
def matrices_and_vectors(draw, elements):
    """A matrix and a vector that multiply."""
    n, m, _ = draw(SIDES)
    return draw(elements((n, m))), draw(elements((m,)))


SMALL = whole_numbers((1, 3), (0, 3), (1, 3))
three_matrices = st.tuples(*[fractions((2, 2))] * 3)


# --- identities


@given(matrices_and_vectors(sixteenths))
def test_mv_is_mm_with_one_column(pair):
    """A v = (A [v])[:, 0]"""
    matrix, v = pair
    assert_equal(mv(matrix, v), mm(matrix, v[:, None])[:, 0])


@given(vectors(sixteenths))
def test_dot_is_mm_of_a_row_and_a_column(pair):
    """x · y = ([x] [y]ᵀ)[0, 0]"""
    x, y = pair
    assert_equal(dot(x, y), mm(x[None], y[:, None])[0, 0])


@given(matrices(sixteenths))
def test_mm_adds_up_outer_products(pair):
    """A B = Σ_k A[:, k] ⊗ B[k]"""
    a, b = pair
    right = np.zeros((len(a), b.shape[1]))
    for column, row in zip(a.T, b):
        right = right + np.outer(column, row)
    assert_equal(mm(a, b), right)


@given(batches(sixteenths))
def test_bmm_is_a_stack_of_mm(pair):
    """(A B)[b] = A[b] B[b]"""
    for one, a, b in zip(bmm(*pair), *pair):
        assert_equal(one, mm(a, b))


@given(multiplied(sixteenths))
def test_matmul_broadcasts_batches(pair):
    """matmul is mm of each pair that broadcasting the batches makes, by numpy.matmul"""
    assert_equal(matmul(*pair), np.matmul(*pair))


def test_matmul_is_not_numpy_dot():
    """The notes: torch.matmul is similar to np.dot. Past two axes it is np.matmul."""
    x, y = np.ones((2, 3, 4)), np.ones((2, 4, 5))
    assert matmul(x, y).shape == np.matmul(x, y).shape == (2, 3, 5)
    assert np.dot(x, y).shape == (2, 3, 2, 5)
    assert np.dot(3, 4) == 12
    with pytest.raises(ValueError, match="at least one"):
        matmul(np.array(3.0), np.array(4.0))


# --- algebra


@given(vectors(fractions))
def test_dot_is_commutative(pair):
    """x · y = y · x"""
    x, y = pair
    assert_equal(dot(x, y), dot(y, x))


@given(vectors(fractions), st.integers(-4, 4))
def test_dot_is_bilinear(pair, a):
    """(a x + y) · y = a (x · y) + y · y"""
    x, y = pair
    assert dot(a * x + y, y) == a * dot(x, y) + dot(y, y)


@given(vectors(fractions))
def test_dot_is_bounded_by_the_lengths(pair):
    """(x · y)² ≤ (x · x) (y · y), Cauchy and Schwarz"""
    x, y = pair
    assert dot(x, y) ** 2 <= dot(x, x) * dot(y, y)


def test_dot_does_not_conjugate():
    """The notes: torch.dot is the inner product. Not of complex: dot([i], [i]) = −1"""
    i = np.array([1j])
    assert dot(i, i) == -1
    assert dot(np.conj(i), i) == 1


@given(three_matrices)
def test_mm_is_associative_and_distributes_over_addition(matrices):
    """(A B) C = A (B C),  A (B + C) = A B + A C"""
    a, b, c = matrices
    assert_equal(mm(mm(a, b), c), mm(a, mm(b, c)))
    assert_equal(mm(a, b + c), mm(a, b) + mm(a, c))


@given(matrices(sixteenths))
def test_mm_transposes_in_the_other_order(pair):
    """(A B)ᵀ = Bᵀ Aᵀ"""
    a, b = pair
    assert_equal(mm(a, b).T, mm(b.T, a.T))


@given(matrices(sixteenths))
def test_mm_has_identity_eye(pair):
    """I A = A = A I"""
    a, _ = pair
    assert_equal(mm(np.eye(len(a)), a), a)
    assert_equal(mm(a, np.eye(a.shape[1])), a)


# --- special cases


@given(scaled_sums(matrices(sixteenths), sixteenths))
def test_addmm_is_a_sum_of_scaled_parts(example):
    """y = beta · M + alpha · A B"""
    (bias, a, b), options = example
    right = options["alpha"] * mm(a, b) + options["beta"] * bias
    assert_equal(addmm(bias, a, b, **options), right)


@given(scaled_sums(matrices_and_vectors(sixteenths), sixteenths))
def test_addmv_is_addmm_with_one_column(example):
    """beta · u + alpha · A v = (beta · [u] + alpha · A [v])[:, 0]"""
    (bias, a, v), options = example
    bias = np.broadcast_to(bias, len(a))
    left = addmv(bias, a, v, **options)
    assert_equal(left, addmm(bias[:, None], a, v[:, None], **options)[:, 0])


@given(scaled_sums(batches(sixteenths), sixteenths))
def test_baddbmm_is_a_sum_of_scaled_parts(example):
    """y = beta · M + alpha · bmm(A, B)"""
    (bias, a, b), options = example
    right = options["alpha"] * bmm(a, b) + options["beta"] * bias
    assert_equal(baddbmm(bias, a, b, **options), right)


@given(matrices(sixteenths))
def test_addmm_ignores_what_beta_annihilates(pair):
    """beta = 0  ⇒  y = A B, though the input be NaN"""
    a, b = pair
    nan = np.full((len(a), b.shape[1]), np.nan)
    assert_equal(addmm(nan, a, b, beta=0, alpha=1), mm(a, b))


# --- gradients


@given(matrices(fractions, sides=SMALL), st.data())
def test_mm_gradient_is_two_products(pair, data):
    """∂(G · A B) / ∂A = G Bᵀ,  ∂(G · A B) / ∂B = Aᵀ G"""
    a, b = pair
    g = data.draw(fractions((len(a), b.shape[1])), "g")
    left = gradient(mm, [a, b], g)
    for actual, expected in zip(left, (mm(g, b.T), mm(a.T, g))):
        assert_equal(actual + 0, expected + 0)


# --- errors


def test_mm_rejects_other_ranks_and_sizes():
    """Matrices whose inner sizes are the same"""
    with pytest.raises(ValueError, match="do not multiply"):
        mm(np.zeros((2, 3)), np.zeros((2, 3)))
    for shapes in [((2,), (2, 2)), ((2, 2), (2,)), ((1, 2, 2), (2, 2))]:
        with pytest.raises(ValueError, match="axes must be"):
            mm(*map(np.zeros, shapes))


@pytest.mark.parametrize("shapes", [((2, 2), (2,)), ((1,), (2,))])
def test_dot_rejects_other_ranks_and_sizes(shapes):
    """Two vectors of one size: sizes of 1 do not broadcast"""
    with pytest.raises(ValueError, match=r"axes must|do not multiply"):
        dot(*map(np.zeros, shapes))


def test_bmm_rejects_batches_that_would_broadcast():
    """As many matrices as each other, be it 300: a batch of 1 is not repeated"""
    ones = np.ones((300, 1, 1))
    assert_equal(bmm(ones, ones), ones)
    with pytest.raises(ValueError, match="a batch of 1"):
        bmm(np.zeros((1, 2, 3)), np.zeros((2, 3, 2)))


def test_matmul_rejects_batches_that_do_not_broadcast():
    """Batches of 2 and 3, and inner sizes of 3 and 2"""
    for shapes in [((2, 1, 3), (3, 3, 1)), ((2, 3), (2, 3)), ((1,), (2,))]:
        with pytest.raises(ValueError, match="shape"):
            matmul(*map(np.zeros, shapes))


def test_addmm_rejects_an_input_that_does_not_broadcast():
    """input broadcasts to the product, and not the product to it"""
    for shape in [(3, 2), (2, 2, 2), (3,)]:
        with pytest.raises(ValueError, match="input has shape"):
            addmm(np.zeros(shape), np.eye(2), np.eye(2), beta=0, alpha=1)


# --- agreement


@pytest.mark.parametrize("way", ways("dot"))
@given(vectors(full_width))
def test_dot_agrees_with_backend(backend, way, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, dot, *pair, way=way)


@given(matrices_and_vectors(full_width))
def test_mv_agrees_with_backend(backend, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, mv, *pair)


@pytest.mark.parametrize("way", ways("mm"))
@given(matrices(full_width))
def test_mm_agrees_with_backend(backend, way, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, mm, *pair, way=way)


@given(tile_edges(), st.data())
def test_mm_of_long_rows_agrees_with_backend(backend, n, data):
    """The backend is as close to the definition as its precision promises."""
    left, right = (data.draw(ordinary(shape)) for shape in ((1, n), (n, 1)))
    agree(backend, mm, left, right)


@given(matrices(with_non_finite))
def test_mm_agrees_with_backend_on_what_is_not_finite(backend, pair):
    """NaN and infinities go where the definition sends them, and nowhere else."""
    agree(backend, mm, *pair, constant=("input", "mat2"))


@pytest.mark.parametrize("way", ways("addmm"))
@given(scaled_sums(matrices(ordinary), ordinary))
def test_addmm_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, addmm, *tensors, way=way, **options)


@given(scaled_sums(matrices(ordinary), with_non_finite))
def test_addmm_agrees_with_backend_on_what_beta_annihilates(backend, example):
    """With beta = 0, NaN and infinities of the input do not count."""
    tensors, options = example
    options["beta"] = 0
    agree(backend, addmm, *tensors, constant=("input", "mat1", "mat2"), **options)


@given(scaled_sums(matrices_and_vectors(ordinary), ordinary))
def test_addmv_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, addmv, *tensors, **options)


@given(scaled_sums(matrices_and_vectors(ordinary), with_non_finite))
def test_addmv_agrees_with_backend_on_what_beta_annihilates(backend, example):
    """With beta = 0, NaN and infinities of the input do not count."""
    tensors, options = example
    options["beta"] = 0
    agree(backend, addmv, *tensors, constant=("input", "mat", "vec"), **options)


@given(batches(full_width))
def test_bmm_agrees_with_backend(backend, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bmm, *pair)


@pytest.mark.parametrize("way", ways("baddbmm"))
@given(scaled_sums(batches(ordinary), ordinary))
def test_baddbmm_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, baddbmm, *tensors, way=way, **options)


@given(scaled_sums(batches(ordinary), with_non_finite))
def test_baddbmm_agrees_with_backend_on_what_beta_annihilates(backend, example):
    """With beta = 0, NaN and infinities of the input do not count."""
    tensors, options = example
    options["beta"] = 0
    agree(backend, baddbmm, *tensors, constant=("input", "batch1", "batch2"), **options)


@pytest.mark.parametrize("way", ways("matmul"))
@given(multiplied(full_width))
def test_matmul_agrees_with_backend(backend, way, pair):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, matmul, *pair, way=way)
