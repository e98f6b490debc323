"""The laws of reference/tensors/indexing.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    codes,
    fractions,
    full_width,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.tensors.indexing import (
    batch_gather,
    integer_index,
    masked_fill,
    masked_select,
    one_hot,
    repeat_interleave,
    select,
    slice_along,
    slice_scatter,
)
from reference.tensors.products import matmul

# --- strategies

SHAPES = [
    *[((5,), 0), ((2, 7), 1), ((33, 2), 0), ((2, 3, 4), -1), ((6, 2), -2)],
    *[((1, 5, 2), -2), ((2, 4, 1), 1)],
]
SIZES = st.sampled_from([(2, 3), (33,), (5,), (2, 1, 3), (), (0, 2), (65,), (1, 1)])


@st.composite
def places(draw, elements):
    """A tensor, one of its axes, and a place on it, counted from either end."""
    shape, dim = draw(st.sampled_from(SHAPES))
    (place,) = draw(whole_numbers((0, 255)))
    n = shape[dim]
    return draw(elements(shape)), {"dim": dim, "index": place % (2 * n) - n}


@st.composite
def slices(draw, elements):
    """A tensor and a slice of one of its axes, within it, beyond it, or empty."""
    shape, dim = draw(st.sampled_from([*SHAPES, ((0, 2), 0)]))
    start, stop, step = draw(whole_numbers((0, 255), (0, 255), (1, 4)))
    n = shape[dim]
    bounds = [code % (2 * n + 5) - n - 2 for code in (start, stop)]
    options = {"dim": dim, "start": bounds[0], "stop": bounds[1], "step": step}
    return draw(elements(shape)), options


@st.composite
def lookups(draw, elements):
    """A tensor, and arrays of places that broadcast, for one or two of its axes."""
    shape = draw(st.sampled_from([(4, 3), (33, 2), (2, 3, 4), (5,), (2, 65)]))
    count, size = draw(whole_numbers((1, min(2, len(shape))), (0, 3)))
    lead = [(3,), (2, 1), (), (0,)][size]
    indices = []
    for axis in range(count):
        own = lead if axis == 0 else ((1, 4) if size == 1 else lead)
        n = shape[axis]
        indices.append((draw(codes(own)).astype(np.int64) % (2 * n)) - n)
    return draw(elements(shape)), *indices


@st.composite
def masked(draw, elements):
    """A tensor and a mask of its shape."""
    shape = draw(SIZES)
    return np.asarray(draw(elements(shape))), np.asarray(draw(codes(shape)) % 2 == 1)


@st.composite
def gathered(draw, elements):
    """Sequences, and positions of each."""
    batch, n, count, axes = draw(whole_numbers((1, 3), (1, 5), (0, 4), (0, 1)))
    x = draw(elements((batch, n, *[2] * axes)))
    return x, draw(codes((batch, count))).astype(np.int64) % n


# --- identities


@given(places(sixteenths))
def test_select_is_a_slice_of_one_place(example):
    """a[i] = a[i : i + 1] without its axis: a number drops it, a slice keeps it"""
    x, options = example
    dim, index = options["dim"], options["index"] % x.shape[options["dim"]]
    one = slice_along(x, dim=dim, start=index, stop=index + 1, step=1)
    assert_equal(select(x, **options), np.squeeze(one, dim))


@given(slices(sixteenths))
def test_slice_along_is_pythons_slice(example):
    """y = list(x)[start:stop:step], along dim"""
    x, options = example
    at = slice(options["start"], options["stop"], options["step"])
    expected = [*np.moveaxis(x, options["dim"], 0)][at]
    left = np.moveaxis(slice_along(x, **options), options["dim"], 0)
    assert len(left) == len(expected)
    for actual, row in zip(left, expected):
        assert_equal(actual, row)


@given(slices(sixteenths))
def test_slice_scatter_shows_what_was_written(example):
    """The slice is what was written; all else is as it was; twice is once"""
    x, options = example
    src = slice_along(x, **options) + 1
    y = slice_scatter(x, src, **options)
    assert_equal(slice_along(y, **options), src)
    assert_equal(slice_scatter(y, slice_along(x, **options), **options), x)
    assert_equal(slice_scatter(y, src, **options), y)


@given(masked(sixteenths))
def test_masked_select_of_a_mask_and_its_opposite_has_all(example):
    """a[m] and a[~m] together are a, in another order: as many as m shows"""
    x, mask = example
    shown, hidden = masked_select(x, mask), masked_select(x, ~mask)
    assert len(shown) == mask.sum()
    assert_equal(np.sort([*shown, *hidden]), np.sort(x, axis=None))


@given(lookups(sixteenths))
def test_masked_select_is_an_integer_index_of_what_is_shown(example):
    """a[m] = a[where m is], in reading order"""
    x = example[0]
    mask = x > 0
    assert_equal(masked_select(x, mask), integer_index(x, *np.nonzero(mask)))


@given(st.integers(1, 5), st.data())
def test_one_hot_times_a_matrix_looks_rows_up(classes, data):
    """one_hot(k) W = W[k]; its argmax is k; its sum is 1"""
    k = data.draw(codes((3,)), "codes").astype(np.int64) % classes
    weight = data.draw(fractions((classes, 2)), "weight")
    hot = one_hot(k, num_classes=classes)
    assert_equal(matmul(hot.astype(object), weight), integer_index(weight, k))
    assert_equal(hot.argmax(1), k)
    assert_equal(hot.sum(1), np.ones(3, np.int64))


@given(places(sixteenths), st.integers(0, 3))
def test_repeat_interleave_repeats_each(example, repeats):
    """Every repeats-th place, from any of the first on, is the tensor"""
    x, options = example
    dim = options["dim"]
    y = repeat_interleave(x, repeats=repeats, dim=dim)
    assert y.shape[dim] == repeats * x.shape[dim]
    for start in range(repeats):
        stop = max(y.shape[dim], 1)
        left = slice_along(y, dim=dim, start=start, stop=stop, step=repeats)
        assert_equal(left, x)


# --- invariances


@given(gathered(sixteenths))
def test_batch_gather_is_that_of_each_sequence(example):
    """y[b] = x[b][positions[b]]; positions in another order: so is y"""
    x, positions = example
    y = batch_gather(x, positions)
    for b in range(len(x)):
        assert_equal(y[b], x[b][positions[b]])
    assert_equal(batch_gather(x, positions[:, ::-1]), y[:, ::-1])


@given(masked(sixteenths), st.integers(-8, 8))
def test_masked_fill_is_idempotent_and_leaves_the_rest(example, value):
    """a[m] = v, twice, is once; a[~m] is as it was"""
    x, mask = example
    y = masked_fill(x, mask, value=value)
    assert_equal(masked_fill(y, mask, value=value), y)
    assert_equal(masked_select(y, ~mask), masked_select(x, ~mask))
    assert (masked_select(y, mask) == value).all()


# --- special cases


def test_integer_index_takes_pairs_and_no_grid():
    """a[[0, 1], [0, 1]] is (a[0, 0], a[1, 1]); a grid is by indices that broadcast"""
    x = np.arange(6.0).reshape(2, 3)
    both = np.array([0, 1])
    assert_equal(integer_index(x, both, both), np.array([0.0, 4.0]))
    assert_equal(integer_index(x, both[:, None], both), x[:, :2])


def test_select_takes_negative_numbers():
    """The notes: indexed by nonnegative integers. −1 is the last place, and −n the
    first; n and −n − 1 are none."""
    x = np.arange(3.0)
    assert select(x, dim=0, index=-1) == 2
    assert select(x, dim=0, index=-3) == 0
    for index in (3, 4, -4):
        with pytest.raises(ValueError, match=f"index is {index}"):
            select(x, dim=0, index=index)


def test_slice_along_has_no_negative_steps():
    """The notes: slices are similar to Python's. A step below 0 is rejected, and a
    slice is a view: what is written into it is in the tensor (`slice_scatter`), while
    a list's slice is a copy."""
    with pytest.raises(ValueError, match="step is -1"):
        slice_along(np.arange(3.0), dim=0, start=2, stop=-4, step=-1)
    numbers = [1, 2, 3]
    numbers[:2][0] = 9
    assert numbers == [1, 2, 3]


@given(gathered(sixteenths))
def test_batch_gather_of_all_is_the_identity(example):
    """positions[b] = 0, 1, …: y = x"""
    x, _ = example
    every = np.tile(np.arange(x.shape[1]), (len(x), 1))
    assert_equal(batch_gather(x, every), x)


def test_batch_gather_of_many_sequences():
    """y[b] = x[b, 0], of 300"""
    x = np.arange(300.0)[:, None]
    assert_equal(batch_gather(x, np.zeros((300, 1), int)), x)


# --- gradients


@given(gathered(fractions))
def test_batch_gather_gradient_counts_positions(example):
    """∂ Σ y / ∂x[b, t] is how often t is in positions[b]"""
    x, positions = example
    ones = np.ones((*positions.shape, *x.shape[2:]), int)
    (slopes,) = gradient(lambda x: batch_gather(x, positions), [x], ones)
    counts = (positions[..., None] == np.arange(x.shape[1])).sum(1)
    counts = counts.reshape(*counts.shape, *[1] * (x.ndim - 2))
    assert (slopes == counts).all()


@given(lookups(sixteenths))
def test_integer_index_adds_up_gradients_of_what_is_looked_up_again(example):
    """∂ Σ y / ∂x[i] = how often i was looked up"""
    x, *indices = example
    y = integer_index(x, *indices)
    slope = gradient(integer_index, [x, *indices], np.ones(y.shape))[0]
    counts = np.zeros(x.shape)
    np.add.at(counts, tuple(indices), 1)
    assert_equal(slope.astype(float), counts)


# --- errors


def test_integer_index_rejects_indices():
    numbers = [(np.array([index]),) for index in (2, 3, -3)]
    for indices in [(), *numbers, (np.array([0]),) * 3]:
        with pytest.raises(ValueError, match="indices"):
            integer_index(np.zeros((2, 2)), *indices)


def test_masked_select_and_masked_fill_reject_masks_of_other_shapes():
    x, mask = np.zeros((2, 2)), np.ones(2, bool)
    with pytest.raises(ValueError, match="input and mask have shapes"):
        masked_select(x, mask)
    with pytest.raises(ValueError, match="input and mask have shapes"):
        masked_fill(x, mask, value=0)


def test_one_hot_and_batch_gather_and_repeat_interleave_reject_numbers():
    with pytest.raises(ValueError, match=r"it must be in \[0, 3\)"):
        one_hot(np.array([3]), num_classes=3)
    with pytest.raises(ValueError, match="there are 2"):
        batch_gather(np.zeros((1, 2)), np.array([[2]]))
    with pytest.raises(ValueError, match="input and positions have shapes"):
        batch_gather(np.zeros((1, 2)), np.array([0]))
    with pytest.raises(ValueError, match="repeats is -1"):
        repeat_interleave(np.zeros(2), repeats=-1, dim=0)


def test_slice_scatter_rejects_a_source_of_another_shape():
    with pytest.raises(ValueError, match="src and the slice"):
        slice_scatter(np.zeros(3), np.zeros(3), dim=0, start=0, stop=2, step=1)


@pytest.mark.parametrize("shape", [(2,), (2, 1, 1)])
def test_batch_gather_rejects_positions_of_other_axes(shape):
    with pytest.raises(ValueError, match="input and positions have shapes"):
        batch_gather(np.zeros((2, 3)), np.zeros(shape, int))


# --- agreement


@given(places(full_width))
def test_select_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    x, options = example
    agree(backend, select, x, **options)


@pytest.mark.parametrize("way", ways("slice_along"))
@given(slices(full_width))
def test_slice_along_agrees_with_backend(backend, way, example):
    """The backend gives the definition's numbers, and their gradients."""
    x, options = example
    constant = ("input",) if way == "slice_along_copied" else ()
    agree(backend, slice_along, x, way=way, constant=constant, **options)


@pytest.mark.parametrize("way", ways("slice_scatter"))
@given(slices(full_width))
def test_slice_scatter_agrees_with_backend(backend, way, example):
    """What is written into a view is in the tensor that it views."""
    x, options = example
    src = -2 * slice_along(x, **options)
    agree(backend, slice_scatter, x, src, way=way, **options)


@given(lookups(full_width))
def test_integer_index_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, integer_index, *example)


@pytest.mark.parametrize("way", ways("masked_select"))
@given(masked(with_non_finite))
def test_masked_select_agrees_with_backend(backend, way, example):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, masked_select, *example, way=way)


@pytest.mark.parametrize("way", ways("masked_fill"))
@given(masked(with_non_finite), st.sampled_from([0.0, -1.5, np.inf, np.nan, -0.0]))
def test_masked_fill_agrees_with_backend(backend, way, example, value):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, masked_fill, *example, way=way, value=value)


@pytest.mark.parametrize("way", ways("batch_gather"))
@given(gathered(full_width))
def test_batch_gather_agrees_with_backend(backend, way, example):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, batch_gather, *example, way=way)


@given(places(full_width), st.sampled_from([2, 3, 1, 0, 33]))
def test_repeat_interleave_agrees_with_backend(backend, example, repeats):
    """The backend gives the definition's numbers, and their gradients."""
    x, options = example
    agree(backend, repeat_interleave, x, repeats=repeats, dim=options["dim"])


@given(SIZES.flatmap(codes), st.sampled_from([3, 1, 33, 256]))
def test_one_hot_agrees_with_backend(backend, code, classes):
    """The backend gives the definition's numbers."""
    input = np.asarray(code).astype(np.int64) % classes
    agree(backend, one_hot, input, num_classes=classes)
