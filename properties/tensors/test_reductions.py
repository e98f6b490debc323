"""The laws of reference/tensors/reductions.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
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
from reference.tensors.reductions import (
    amax,
    amin,
    argmax,
    argmin,
    max_along,
    min_along,
    tensor_mean,
    tensor_sum,
)

# --- strategies

SHAPES = [
    *[(2, 3), (3,), (33, 2), (2, 33), (65,), (2, 3, 2), (1, 65), (3, 1, 2), ()],
    *[(1,), (17, 1, 3), (2, 2, 2, 2), (4, 5), (2, 1, 33)],
]
EMPTY = [(0,), (2, 0), (0, 3), (2, 0, 3)]
DIMS = [0, -1, 1, -2, None, (0, 1), (-1, 0), (0,), (2, 0), 2]


@st.composite
def reductions(draw, elements, *, shapes=SHAPES, dims=DIMS):
    """A tensor, and axes of it to reduce: one, several or all."""
    shape = draw(st.sampled_from(shapes))
    axes = max(len(shape), 1)
    there = [d for d in dims if are_axes(d, axes)]
    dim, keepdim = draw(st.sampled_from([(d, k) for d in there for k in (False, True)]))
    return np.asarray(draw(elements(shape))), {"dim": dim, "keepdim": keepdim}


def are_axes(dim, axes):
    """Whether all of dim are axes, none of them twice."""
    several = dim if isinstance(dim, tuple) else () if dim is None else (dim,)
    found = [d % axes for d in several if -axes <= d < axes]
    return len({*found}) == len(several)


def sums(elements):
    """Tensors and axes to reduce, rarely of no elements."""
    return reductions(elements, shapes=[*SHAPES, *EMPTY])


def places(elements):
    """Tensors, and one axis of them or all."""
    return reductions(elements, dims=[0, -1, 1, -2, None, 2])


def along(elements):
    """Tensors, and one axis of them."""
    return reductions(elements, dims=[0, -1, 1, -2, 2])


def ties(shape):
    """Numbers many of which are equal: −1, 0 and 1."""
    return sixteenths(shape).map(lambda x: np.sign(np.trunc(x / 3)) + 0)


@st.composite
def long_rows(draw):
    """A row or a column as long as what kernels are tiled by, or nearly."""
    dim, size = draw(whole_numbers((0, 1)))[0], draw(tile_edges())
    shape = (2, size) if dim else (size, 2)
    return draw(ordinary(shape)), {"dim": dim, "keepdim": False}


@st.composite
def integers(draw):
    """Whole numbers or truths, and axes of them."""
    x, options = draw(sums(sixteenths))
    kind = draw(st.sampled_from([np.int64, np.int32, np.uint8, bool]))
    return (16 * x).astype(np.int64).astype(kind), options


# --- identities


@given(sums(sixteenths))
def test_tensor_sum_drops_axes_as_numpy_sum(example):
    """Axes are counted, dropped and kept as by numpy.sum"""
    x, options = example
    right = np.sum(x, options["dim"] if x.ndim else None, keepdims=options["keepdim"])
    assert_equal(tensor_sum(x, **options), right)


@given(reductions(sixteenths, shapes=[(2, 3, 2), (2, 3), (3, 1, 2)], dims=[None]))
def test_tensor_sum_of_all_is_that_of_sums(example):
    """Σ_ij x[i, j] = Σ_i (Σ_j x[i, j])"""
    x, _ = example
    rows = tensor_sum(x, dim=-1, keepdim=False)
    left = tensor_sum(rows, dim=None, keepdim=False)
    assert_equal(left, tensor_sum(x, dim=None, keepdim=False))


@given(sums(fractions))
def test_tensor_sum_of_kept_axes_has_one_of_each(example):
    """keepdim leaves axes of size 1 where axes were reduced, the same numbers"""
    x, options = example
    kept = tensor_sum(x, **options | {"keepdim": True})
    dropped = tensor_sum(x, **options | {"keepdim": False})
    assert kept.ndim == x.ndim
    assert_equal(kept.reshape(dropped.shape), dropped)


@given(reductions(fractions))
def test_tensor_mean_is_the_sum_over_the_count(example):
    """mean(x) = Σ x / K"""
    x, options = example
    total = tensor_sum(x, **options)
    assert_equal(tensor_mean(x, **options) * (x.size // total.size), total)


@given(reductions(sixteenths))
def test_amin_is_the_negated_greatest_of_the_negated(example):
    """min(x) = −max(−x)"""
    x, options = example
    assert_equal(amin(x, **options), -amax(-x, **options))


@given(places(sixteenths))
def test_argmin_is_argmax_of_the_negated(example):
    """argmin(x) = argmax(−x)"""
    x, options = example
    assert_equal(argmin(x, **options), argmax(-x, **options))


@given(along(ties))
def test_max_along_is_where_argmax_says(example):
    """values = x[indices] = amax(x), indices = argmax(x)"""
    x, options = example
    values, indices = max_along(x, **options)
    assert_equal(indices, argmax(x, **options))
    assert_equal(values, amax(x, **options))


@given(along(ties))
def test_min_along_has_the_indices_of_argmin(example):
    """The notes: argmin is the second value of torch.min(x). Of torch.min(x, dim)."""
    x, options = example
    values, indices = min_along(x, **options)
    assert_equal(indices, argmin(x, **options))
    assert_equal(values, amin(x, **options))


# --- algebra


@given(st.tuples(fractions((2, 3)), fractions((2, 3))), st.integers(-4, 4))
def test_tensor_sum_is_linear(pair, a):
    """Σ (a x + y) = a Σ x + Σ y"""
    x, y = pair
    left = tensor_sum(a * x + y, dim=1, keepdim=False)
    right = [tensor_sum(z, dim=1, keepdim=False) for z in pair]
    assert_equal(left, a * right[0] + right[1])


@given(reductions(fractions))
def test_tensor_mean_is_bounded_by_the_extremes(example):
    """min(x) ≤ mean(x) ≤ max(x)"""
    x, options = example
    mean = tensor_mean(x, **options)
    assert (np.asarray(amin(x, **options) <= mean)).all()
    assert (np.asarray(mean <= amax(x, **options))).all()


@given(reductions(sixteenths))
def test_amax_is_idempotent(example):
    """max(max(x)) = max(x)"""
    x, options = example
    once = amax(x, **options | {"keepdim": True})
    assert_equal(amax(once, **options | {"keepdim": True}), once)


# --- invariances


@given(places(ties))
def test_argmax_is_invariant_under_increasing_maps(example):
    """argmax(8 x + 3) = argmax(x³) = argmax(x)"""
    x, options = example
    for mapped in (8 * x + 3, x**3):
        assert_equal(argmax(mapped, **options), argmax(x, **options))


# --- special cases


@given(places(ties))
def test_argmax_is_the_first_of_equals(example):
    """x[k] < x[argmax(x)] for all k before it, and no x[k] is greater"""
    x, options = example
    dim = options["dim"] if x.ndim else None
    assert_equal(argmax(x, **options), np.argmax(x, dim, keepdims=options["keepdim"]))


@pytest.mark.parametrize("reduce", [argmax, argmin])
def test_argmax_is_at_the_first_nan(reduce):
    """A NaN is greater than all else in argmax, and less in argmin"""
    x = np.array([1.0, np.nan, np.inf, np.nan, -np.inf])
    assert reduce(x, dim=0, keepdim=False) == 1


@pytest.mark.parametrize("reduce", [amax, amin])
def test_amax_of_nan_is_nan(reduce):
    """max(x) is NaN if one of x is, wherever it stands"""
    for place in range(3):
        x = np.array([1.0, np.inf, -np.inf])
        x[place] = np.nan
        assert np.isnan(reduce(x, dim=0, keepdim=False))


@pytest.mark.parametrize("reduce", [amax, amin])
def test_amax_of_one_number_is_that_number(reduce):
    """With its sign: of −0 it is −0"""
    assert np.signbit(reduce(np.array([-0.0]), dim=0, keepdim=False))


def test_tensor_sum_of_nothing_is_zero():
    """Σ of no elements is 0, and their mean is 0/0"""
    for shape, size in (((0,), ()), ((0, 3), (3,))):
        x = np.zeros(shape)
        assert_equal(tensor_sum(x, dim=0, keepdim=False), np.zeros(size))
        assert_equal(tensor_mean(x, dim=0, keepdim=False), np.full(size, np.nan))


def test_tensor_sum_of_truths_counts_them():
    """Whole numbers and truths add up to int64: 200 + 100 in uint8 is 300"""
    for x in (np.array([200, 100], np.uint8), np.ones(300, bool)):
        total = tensor_sum(x, dim=0, keepdim=False)
        assert total == 300
        assert total.dtype == np.int64


# --- gradients


def test_amax_gradient_is_shared_by_equals():
    """∂max / ∂x: of [1, 2, 2, 2, 0], 1/3 each to those that are 2"""
    x = np.array([1.0, 2.0, 2.0, 2.0, 0.0])
    (left,) = gradient(lambda x: amax(x, dim=0, keepdim=False), [x], np.array(3.0))
    assert_equal(left.astype(float), np.array([0.0, 1.0, 1.0, 1.0, 0.0]))


def test_min_along_gradient_is_of_the_first():
    """The notes leave it open: of [1, 1], min(x, dim) gives [1, 0], amin [½, ½]"""
    x = np.array([1.0, 1.0])
    first = gradient(
        lambda x: min_along(x, dim=0, keepdim=False)[0], [x], np.array(1.0)
    )
    even = gradient(lambda x: amin(x, dim=0, keepdim=False), [x], np.array(1.0))
    assert_equal(first[0].astype(float), np.array([1.0, 0.0]))
    assert_equal(even[0].astype(float), np.array([0.5, 0.5]))


# --- errors


@pytest.mark.parametrize("dim", [2, 3, -3, (0, 2), (0, 0), (1, -1)])
def test_tensor_sum_rejects_axes_that_are_not_there_or_twice(dim):
    """dim has axes of the input, each once"""
    for reduce in (tensor_sum, tensor_mean, amax, amin):
        with pytest.raises(ValueError, match="dim is"):
            reduce(np.zeros((2, 2)), dim=dim, keepdim=False)


def test_amax_rejects_no_elements():
    """There is no greatest of none, though there may be none of greatest"""
    for reduce in (amax, amin, argmax, argmin, max_along, min_along):
        with pytest.raises(ValueError, match="no elements"):
            reduce(np.zeros((2, 0)), dim=1, keepdim=False)
    assert amax(np.zeros((2, 0)), dim=0, keepdim=False).shape == (0,)


def test_tensor_mean_rejects_whole_numbers():
    """The notes: mean is a reduction as sum is. Of whole numbers there is no mean."""
    with pytest.raises(ValueError, match="must be floating"):
        tensor_mean(np.array([1, 2]), dim=0, keepdim=False)
    assert tensor_sum(np.array([1, 2]), dim=0, keepdim=False) == 3


# --- agreement


@pytest.mark.parametrize("way", ways("tensor_sum"))
@given(sums(full_width))
def test_tensor_sum_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, tensor_sum, input, way=way, **options)


@given(long_rows())
def test_tensor_sum_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, tensor_sum, input, **options)


@given(integers())
def test_tensor_sum_of_whole_numbers_agrees_with_backend(backend, example):
    """The very number, as int64: narrow integers do not wrap around."""
    input, options = example
    agree_exactly(backend, tensor_sum, input, **options)


@given(sums(with_non_finite))
def test_tensor_sum_agrees_with_backend_on_what_is_not_finite(backend, example):
    """NaN and infinities go where the definition sends them."""
    input, options = example
    agree(backend, tensor_sum, input, constant=("input",), **options)


@given(sums(full_width))
def test_tensor_mean_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, tensor_mean, input, **options)


@given(long_rows())
def test_tensor_mean_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, tensor_mean, input, **options)


@pytest.mark.parametrize("reduce", [amax, amin])
@given(st.one_of(reductions(ties), reductions(full_width)))
def test_amax_agrees_with_backend(backend, reduce, example):
    """The very number, and a gradient that equals share."""
    input, options = example
    agree(backend, reduce, input, **options)


@pytest.mark.parametrize("reduce", [amax, amin])
@given(reductions(with_non_finite))
def test_amax_agrees_with_backend_on_what_is_not_finite(backend, reduce, example):
    """NaN is the greatest and the least."""
    input, options = example
    agree(backend, reduce, input, constant=("input",), **options)


@pytest.mark.parametrize("way", ways("argmax"))
@given(st.one_of(places(ties), places(with_non_finite)))
def test_argmax_agrees_with_backend(backend, way, example):
    """The first of equals, or of the NaN."""
    input, options = example
    agree(backend, argmax, input, constant=("input",), way=way, **options)


@given(st.one_of(places(ties), places(with_non_finite)))
def test_argmin_agrees_with_backend(backend, example):
    """The first of equals, or of the NaN."""
    input, options = example
    agree(backend, argmin, input, constant=("input",), **options)


@given(long_rows())
def test_argmax_of_long_rows_agrees_with_backend(backend, example):
    """The first of the greatest, far along an axis."""
    input, options = example
    agree(backend, argmax, input, constant=("input",), **options)


@pytest.mark.parametrize("reduce", [max_along, min_along])
@given(st.one_of(along(ties), along(full_width)))
def test_max_along_agrees_with_backend(backend, reduce, example):
    """Number and place, and a gradient that goes to that place alone."""
    input, options = example
    agree(backend, reduce, input, **options)
