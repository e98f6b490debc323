"""The laws of reference/tensors/creation.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from properties.agreement import agree, agree_exactly, assert_equal
from properties.operations import ways
from properties.strategies import codes, ordinary, per_axis
from reference.tensors.creation import (
    arange,
    eye,
    new_full,
    tensor_of,
    to_int,
    type_as,
)
from reference.tensors.products import matmul

# --- strategies

NUMBERS = st.integers(-(2**40), 2**40)
LISTS = st.one_of(
    NUMBERS,
    st.lists(NUMBERS, max_size=4),
    st.lists(st.tuples(NUMBERS, NUMBERS), max_size=3),
)
SIZES = st.one_of(per_axis(2, 0, 4), per_axis(1, 30, 40), st.just(()))
RANGES = st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(1, 7)).map(
    lambda t: {"start": t[0], "end": t[1], "step": t[2] if t[1] >= t[0] else -t[2]}
)

# --- identities


@given(LISTS)
def test_tensor_of_round_trips(data):
    """tolist(tensor(data)) = data"""
    plain = (
        [[*row] if isinstance(row, tuple) else row for row in data]
        if isinstance(data, list)
        else data
    )
    assert tensor_of(data=data).tolist() == plain


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_eye_times_a_matrix_is_the_matrix(n, m, data):
    """I A = A; a longer or shorter one drops rows, or adds rows of zeros"""
    x = data.draw(codes((m, 2)), "x").astype(np.int64)
    left = matmul(eye(n=n, m=m), x)
    rows = np.concatenate([x[:n], np.zeros((max(n - m, 0), 2), np.int64)])
    assert_equal(left, rows)


@given(RANGES)
def test_arange_is_pythons_range(options):
    """[start, start + step, …], and not end"""
    expected = range(options["start"], options["end"], options["step"])
    assert_equal(arange(**options), np.array([*expected], np.int64))


@given(SIZES, st.integers(-3, 3))
def test_new_full_has_one_number_of_the_inputs_kind(size, number):
    """Every number is fill_value, and the dtype is the input's"""
    for kind in (np.float64, np.int64, bool):
        y = new_full(np.ones(1, kind), size=size, fill_value=number)
        assert y.dtype == kind
        assert_equal(y, np.full(size, number).astype(kind))


@given(SIZES.flatmap(ordinary))
def test_to_int_is_idempotent_and_odd(x):
    """Towards 0: of −x it is the opposite, of whole numbers themselves; |y| ≤ |x|"""
    y = to_int(np.asarray(x))
    assert_equal(to_int(-np.asarray(x)), -y)
    assert_equal(to_int(type_as(y, np.ones(1))), y)
    assert (abs(y) <= abs(x)).all()
    assert (abs(x) - abs(y) < 1).all()


@given(st.integers(-(2**53), 2**53))
def test_type_as_round_trips_up_to_two_to_the_53(number):
    """long → float64 → long is exact up to 2⁵³; 2⁵³ + 1 is not a float64"""
    x = np.array([number, 2**53 + 1])
    y = to_int(type_as(x, np.ones(1)))
    assert y[0] == number
    assert y[1] == 2**53


# --- special cases


def test_to_int_does_not_round_down():
    """−1.5 is −1, its floor is −2"""
    assert_equal(to_int(np.array([-1.5, 1.5, -0.0])), np.array([-1, 1, 0]))


def test_backend_uniform_numbers_are_uniform_and_repeatable(backend):
    """Kolmogorov and Smirnov's test, false once in 10¹²; one seed, the same bits"""
    if backend.framework.name != "torch":
        pytest.skip("its random numbers are NumPy's")
    torch = pytest.importorskip("torch")
    draws = [
        torch.rand(4099, generator=torch.Generator(backend.device).manual_seed(seed))
        for seed in (0, 0, 1)
    ]
    assert draws[0].equal(draws[1])
    assert 0 <= draws[2].min() < draws[2].max() < 1
    assert kstest(draws[2].numpy(), "uniform").pvalue > 1e-12


# --- errors


@pytest.mark.parametrize("data", [[[1], [2, 3]], [[1], 2], [[], [1]]])
def test_tensor_of_rejects_ragged_lists(data):
    with pytest.raises(ValueError, match="lists have sizes"):
        tensor_of(data=data)


@pytest.mark.parametrize("step", [0, -1])
def test_arange_rejects_steps(step):
    with pytest.raises(ValueError, match="step is"):
        arange(start=0, end=3, step=step)


@pytest.mark.parametrize("step", [1, -1])
def test_arange_of_no_number_is_empty(step):
    """From 2 to 2; but from 2 to 1 by steps of 1 is the wrong way"""
    assert arange(start=2, end=2, step=step).shape == (0,)
    with pytest.raises(ValueError, match="step is"):
        arange(start=2, end=2 - step, step=step)


def test_eye_and_new_full_reject_negative_sizes():
    with pytest.raises(ValueError, match="m is -1"):
        eye(n=1, m=-1)
    with pytest.raises(ValueError, match=r"size\[1\] is -1"):
        new_full(np.ones(1), size=(1, -1), fill_value=0)


# --- agreement


@given(LISTS)
def test_tensor_of_agrees_with_backend(backend, data):
    """The backend gives the definition's numbers."""
    agree(backend, tensor_of, data=data)


@given(st.integers(0, 34), st.integers(0, 34))
def test_eye_agrees_with_backend(backend, n, m):
    """The backend gives the definition's numbers."""
    agree(backend, eye, n=n, m=m)


@given(RANGES)
def test_arange_agrees_with_backend(backend, options):
    """The backend gives the definition's numbers."""
    agree(backend, arange, **options)


@pytest.mark.parametrize("way", ways("new_full"))
@given(SIZES, st.sampled_from([0.0, 1.0, -2.5, -0.0]))
def test_new_full_agrees_with_backend(backend, way, size, number):
    """The backend gives the definition's numbers, in its input's dtype."""
    options = {"size": size, "fill_value": number}
    agree(backend, new_full, np.ones(2), way=way, constant=("input",), **options)


@given(SIZES.flatmap(ordinary))
def test_to_int_agrees_with_backend(backend, x):
    """The backend gives the definition's numbers."""
    agree_exactly(backend, to_int, np.asarray(x))


@given(SIZES.flatmap(codes))
def test_type_as_agrees_with_backend(backend, x):
    """The backend gives the definition's numbers, in the dtype of other."""
    agree_exactly(backend, type_as, np.asarray(x, int) - 128, np.ones(1))
