"""The laws of reference/parallel/systolic_array.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import fractions, ordinary
from reference.parallel.systolic_array import systolic_matmul

# --- strategies

SIDES = [(2, 3, 2), (1, 33, 1), (1, 1, 1), (3, 1, 2), (2, 2, 4), (33, 1, 1), (1, 2, 33)]
STATIONARY = st.sampled_from(["output", "weight"])


@st.composite
def products(draw, elements):
    """Two matrices that multiply, none of them empty."""
    n, k, m = draw(st.sampled_from(SIDES))
    return draw(elements((n, k))), draw(elements((k, m)))


def product(a, b, **options):
    return systolic_matmul(a, b, **options)[0]


# --- identities


@given(products(fractions), STATIONARY)
def test_systolic_matmul_multiplies(matrices, stationary):
    """C[i, j] = Σ_l A[i, l] · B[l, j]"""
    a, b = matrices
    assert_equal(product(a, b, stationary=stationary), a @ b)


@given(products(fractions))
def test_systolic_matmul_is_the_same_by_either_schedule(matrices):
    """Outputs that stay or weights that stay: the same product, in as many cycles"""
    left = systolic_matmul(*matrices, stationary="output")
    right = systolic_matmul(*matrices, stationary="weight")
    for one, other in zip(left, right):
        assert_equal(one, other)


@given(products(fractions), STATIONARY)
def test_systolic_matmul_takes_as_many_cycles_as_a_number_travels(matrices, stationary):
    """n + k + m − 2 cycles: affine in each, and n · k · m at most"""
    a, b = matrices
    (n, k), m = a.shape, b.shape[1]
    cycles = systolic_matmul(a, b, stationary=stationary)[1]
    assert cycles == n + k + m - 2 <= n * k * m


# --- algebra


@given(products(fractions), STATIONARY)
def test_systolic_matmul_is_transposed_by_turning_the_array(matrices, stationary):
    """(A B)ᵀ = Bᵀ Aᵀ, in as many cycles"""
    a, b = matrices
    left, cycles = systolic_matmul(b.T, a.T, stationary=stationary)
    right, others = systolic_matmul(a, b, stationary=stationary)
    assert_equal(left.T, right)
    assert_equal(cycles, others)


@given(products(fractions), STATIONARY)
def test_systolic_matmul_adds_up_over_tiles(matrices, stationary):
    """A B = A1 B1 + A2 B2, the columns of A and the rows of B cut: larger matrices"""
    a, b = matrices
    at = a.shape[1] // 2
    if at:
        first = product(a[:, :at], b[:at], stationary=stationary)
        second = product(a[:, at:], b[at:], stationary=stationary)
        assert_equal(first + second, product(a, b, stationary=stationary))


# --- special cases


@given(products(fractions), STATIONARY)
def test_systolic_matmul_has_an_identity(matrices, stationary):
    """A · I = A"""
    a, _ = matrices
    identity = np.vectorize(type(a.flat[0]))(np.eye(a.shape[1], dtype=int))
    assert_equal(product(a, identity, stationary=stationary), a)


@pytest.mark.parametrize("stationary", ["output", "weight"])
def test_systolic_matmul_of_two_by_two(stationary):
    """[[1, 2], [3, 4]] · [[5, 6], [7, 8]], 8 products in 4 cycles"""
    a, b = np.array([[1.0, 2], [3, 4]]), np.array([[5.0, 6], [7, 8]])
    c, cycles = systolic_matmul(a, b, stationary=stationary)
    assert_equal(c, np.array([[19.0, 22], [43, 50]]))
    assert cycles == 4


@pytest.mark.parametrize("stationary", ["output", "weight"])
def test_systolic_matmul_of_a_long_product(stationary):
    """Σ_k 1 · 1, 300 numbers long"""
    a = np.ones((1, 300))
    c, _ = systolic_matmul(a, a.T, stationary=stationary)
    assert_equal(c, np.array([[300.0]]))


# --- errors


@pytest.mark.parametrize(
    "shapes",
    [
        *[[(2, 3), (2, 3)], [(2,), (2, 2)], [(0, 2), (2, 2)]],
        *[[(2, 2), (2, 2, 1)], [(1, 1), (1, 1, 1)], [(2, 2), (2,)]],
    ],
)
def test_systolic_matmul_rejects_shapes(shapes):
    with pytest.raises(ValueError, match="a and b have shapes"):
        systolic_matmul(*map(np.ones, shapes))


def test_systolic_matmul_rejects_other_schedules():
    with pytest.raises(ValueError, match="stationary is 'input'"):
        systolic_matmul(np.ones((1, 1)), np.ones((1, 1)), stationary="input")


# --- agreement


@given(products(ordinary), STATIONARY)
def test_systolic_matmul_agrees_with_backend(backend, matrices, stationary):
    """The backend's product is as close to the definition as its precision promises."""
    agree(backend, systolic_matmul, *matrices, stationary=stationary)
