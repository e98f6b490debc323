"""The laws of reference/tensors/joining.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import fractions, full_width, sixteenths, whole_numbers
from reference.tensors.joining import cat, chunk, split, stack, tensor_split

# --- strategies

SHAPES = [
    *[((5,), 0), ((2, 7), 1), ((33, 2), 0), ((2, 3, 4), -1), ((6, 2), -2), ((4,), -1)],
    *[((2, 65), 1), ((0, 2), 0), ((3, 0), 0), ((1,), 0), ((2, 9, 1), 1)],
]


@st.composite
def whole(draw, elements, *, name):
    """A tensor, and an axis to take apart into, or into pieces of, 1 to 9."""
    shape, dim = draw(st.sampled_from(SHAPES))
    n = draw(st.sampled_from([4, 2, 3, 1, 5, 7, 9, 32, 64]))
    return draw(elements(shape)), {name: n, "dim": dim}


@st.composite
def parts(draw, elements, *, equal=False):
    """One to three tensors of any sizes along an axis, or all of one shape."""
    shape, dim = draw(st.sampled_from(SHAPES))
    tensors = []
    for size in draw(whole_numbers(*[(0, 4)] * draw(st.integers(1, 3)))):
        sizes = [*shape]
        sizes[dim] = shape[dim] if equal or not size else size - 1
        tensors.append(draw(elements(tuple(sizes))))
    return tensors, {"dim": dim}


@st.composite
def stacks(draw, elements):
    """One to three tensors of one shape, and a place for a new axis."""
    shape = draw(st.sampled_from([(2, 3), (), (3,), (0, 2), (2, 33), (2, 1, 2)]))
    count, dim = draw(whole_numbers((1, 3), (0, 2 * len(shape) + 1)))
    tensors = [np.asarray(draw(elements(shape))) for _ in range(count)]
    return tensors, {"dim": dim - len(shape) - 1}


def sizes(pieces, dim):
    return [piece.shape[dim] for piece in pieces]


# --- identities


@given(whole(sixteenths, name="split_size"))
def test_split_round_trips(example):
    """cat(split(x)) = x, for every size"""
    x, options = example
    assert_equal(cat(*split(x, **options), dim=options["dim"]), x)


@given(whole(sixteenths, name="chunks"))
def test_chunk_round_trips(example):
    """cat(chunk(x)) = x, in however many pieces"""
    x, options = example
    assert_equal(cat(*chunk(x, **options), dim=options["dim"]), x)


@given(whole(sixteenths, name="sections"))
def test_tensor_split_round_trips(example):
    """cat(tensor_split(x)) = x"""
    x, options = example
    assert_equal(cat(*tensor_split(x, **options), dim=options["dim"]), x)


@given(parts(sixteenths))
def test_cat_is_associative(example):
    """cat(cat(x, …), z) = cat(x, …, z)"""
    tensors, options = example
    left = cat(cat(*tensors, **options), tensors[-1], **options)
    assert_equal(left, cat(*tensors, tensors[-1], **options))


@given(stacks(sixteenths))
def test_stack_is_cat_along_a_new_axis(example):
    """stack(x, …) = cat(x[None], …)"""
    tensors, options = example
    dim = options["dim"]
    right = cat(*[np.expand_dims(tensor, dim) for tensor in tensors], dim=dim)
    assert_equal(stack(*tensors, **options), right)


@given(stacks(sixteenths))
def test_stack_round_trips(example):
    """stack(x, y, …)[t] along the new axis is the t-th of them"""
    tensors, options = example
    pieces = np.moveaxis(stack(*tensors, **options), options["dim"], 0)
    for piece, tensor in zip(pieces, tensors, strict=True):
        assert_equal(np.asarray(piece), tensor)


# --- special cases


@given(st.integers(1, 70), st.integers(1, 70))
def test_chunk_sizes_are_rounded_up(n, chunks):
    """Pieces of ⌈n / chunks⌉ and one of the rest: chunks at most, maybe fewer"""
    found = sizes(chunk(np.zeros(n), chunks=chunks, dim=0), 0)
    size = -(-n // chunks)
    assert len(found) == -(-n // size) <= chunks
    assert {*found[:-1]} <= {size}
    assert 0 < found[-1] <= size


def test_chunk_may_give_fewer():
    """The notes: chunk makes so many pieces. Of 5 in 4 there are 3; tensor_split, 4."""
    x = np.arange(5.0)
    assert sizes(chunk(x, chunks=4, dim=0), 0) == [2, 2, 1]
    assert sizes(tensor_split(x, sections=4, dim=0), 0) == [2, 1, 1, 1]


@given(st.integers(0, 70), st.integers(1, 70))
def test_tensor_split_sizes_are_even(n, sections):
    """As many pieces as asked for, of sizes that fall by one at most"""
    found = sizes(tensor_split(np.zeros(n), sections=sections, dim=0), 0)
    assert len(found) == sections
    assert found == sorted(found, reverse=True)
    assert found[0] - found[-1] <= 1


# --- gradients


@given(fractions((3, 2)), fractions((1, 2)), fractions((4, 2)))
def test_cat_gradient_is_split_back(x, y, g):
    """∂(g · cat(x, y)) is g[:3] by x and g[3:] by y"""
    left = gradient(lambda *tensors: cat(*tensors, dim=0), [x, y], g)
    for actual, expected in zip(left, (g[:3], g[3:])):
        assert_equal(actual + 0, expected + 0)


# --- errors


def test_cat_rejects_shapes_that_differ_elsewhere():
    """Along other axes all sizes are the same"""
    for sizes in [(3, 2), (2, 3)]:
        with pytest.raises(ValueError, match="must agree"):
            cat(*(np.zeros((2, size)) for size in sizes), dim=0)
    with pytest.raises(ValueError, match="no tensors"):
        cat(dim=0)


def test_stack_rejects_other_shapes_and_axes():
    """One shape, and an axis of the result"""
    with pytest.raises(ValueError, match="one shape"):
        stack(np.zeros(2), np.zeros(1), dim=0)
    with pytest.raises(ValueError, match="dim is 2"):
        stack(np.zeros(2), dim=2)


@pytest.mark.parametrize("least", [0, -1])
def test_chunk_rejects_no_pieces(least):
    """chunks, split_size and sections are at least 1"""
    for function, name in [(chunk, "chunks"), (split, "split_size")]:
        with pytest.raises(ValueError, match=name):
            function(np.zeros(2), **{name: least}, dim=0)
    with pytest.raises(ValueError, match="sections"):
        tensor_split(np.zeros(2), sections=least, dim=0)


# --- agreement


@given(parts(full_width))
def test_cat_agrees_with_backend(backend, example):
    """The very numbers, and a gradient that is split back."""
    tensors, options = example
    agree(backend, cat, *tensors, **options)


@given(stacks(full_width))
def test_stack_agrees_with_backend(backend, example):
    """The very numbers."""
    tensors, options = example
    agree(backend, stack, *tensors, **options)


@given(whole(full_width, name="chunks"))
def test_chunk_agrees_with_backend(backend, example):
    """The very numbers, in as many pieces."""
    input, options = example
    agree(backend, chunk, input, **options)


@given(whole(full_width, name="split_size"))
def test_split_agrees_with_backend(backend, example):
    """The very numbers, in as many pieces."""
    input, options = example
    agree(backend, split, input, **options)


@given(whole(full_width, name="sections"))
def test_tensor_split_agrees_with_backend(backend, example):
    """The very numbers, in as many pieces."""
    input, options = example
    agree(backend, tensor_split, input, **options)
