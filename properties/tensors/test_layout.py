"""The laws of reference/tensors/layout.py, then its agreement with the backends."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.operations import ways
from properties.strategies import full_width, per_axis, sixteenths, whole_numbers
from reference.tensors.layout import (
    broadcast_shape,
    broadcast_tensors,
    contiguous_strides,
    flatten,
    numel,
    permute,
    transpose,
    view,
)

# --- strategies

VIEWS = [
    *[((2, 6), (3, 4)), ((2, 6), (-1,)), ((12,), (2, -1, 3)), ((2, 3), (2, 3))],
    *[((1,), ()), ((), (1, 1)), ((0, 2), (0,)), ((4, 33), (66, 2)), ((2, 3), (3, -1))],
    *[((2, 0), (-1, 3)), ((130,), (2, 65))],
]
SPANS = [
    *[((2, 3, 2), 0, 2), ((2, 3, 2), 1, -1), ((2, 3, 2), -3, 1), ((), 0, -1)],
    *[((3,), 0, 0), ((2, 3, 1), 1, 1), ((0, 2), 0, 1), ((3, 33), -2, -1)],
    *[((1, 2, 3, 2), 1, 2), ((2, 1, 65), -2, 2), ((), -1, 0)],
]


@st.composite
def tensors(draw, elements, most=3):
    """A tensor of a few axes."""
    (axes,) = draw(whole_numbers((2, most)))
    shape = draw(per_axis(axes, 1, 3))
    if draw(st.integers(0, 5)) == 5:
        shape = (33, *shape[1:2])
    return draw(elements(shape))


@st.composite
def ordered(draw, elements):
    """A tensor, and an order of its axes, some of them counted from the end."""
    x = draw(tensors(elements))
    dims = draw(st.permutations(range(x.ndim)))
    return x, tuple(dim - x.ndim if dim % 2 else dim for dim in dims)


@st.composite
def broadcast(draw, elements):
    """Tensors that broadcast."""
    shape = draw(st.sampled_from([(2, 3), (3,), (2, 1, 33), (4, 2), ()]))
    parts = []
    for code in draw(whole_numbers(*[(0, 63)] * draw(st.integers(1, 3)))):
        start = code % (len(shape) + 1)
        sizes = [1 if code >> k & 1 else n for k, n in enumerate(shape, start=3)]
        parts.append(np.asarray(draw(elements(tuple(sizes[start:])))))
    return parts


# --- identities


@given(st.sampled_from(VIEWS), st.data())
def test_view_round_trips(shapes, data):
    """view(view(x, shape), x.shape) = x, and the order of numbers stays"""
    x = np.asarray(data.draw(sixteenths(shapes[0]), "x"))
    y = view(x, shape=shapes[1])
    assert_equal(view(y, shape=x.shape), x)
    assert_equal(y.ravel(), x.ravel())
    assert y.size == numel(size=x.shape)


@given(ordered(sixteenths))
def test_permute_has_an_inverse(example):
    """permute(permute(x, dims), inverse) = x"""
    x, dims = example
    inverse = tuple(np.argsort([dim % x.ndim for dim in dims]).tolist())
    assert_equal(permute(permute(x, dims=dims), dims=inverse), x)
    assert_equal(permute(x, dims=tuple(range(-x.ndim, 0))), x)


@given(tensors(sixteenths), st.integers(-2, 1), st.integers(-2, 1))
def test_transpose_is_an_involution(x, dim0, dim1):
    """Twice is nothing; of a matrix it is t, which permute(1, 0) is"""
    once = transpose(x, dim0=dim0, dim1=dim1)
    assert_equal(transpose(once, dim0=dim1, dim1=dim0), x)
    matrix = x.reshape(len(x), -1)
    assert_equal(transpose(matrix, dim0=0, dim1=1), permute(matrix, dims=(1, 0)))


def test_view_of_hundreds_of_numbers():
    """257 numbers are 257 rows"""
    x = np.arange(257.0)
    assert_equal(view(x, shape=(257, 1)), x[:, None])


def test_view_takes_a_shape_from_an_array():
    x = np.arange(6.0)
    assert_equal(view(x, shape=np.array([2, -1])), x.reshape(2, 3))


@given(tensors(sixteenths))
def test_flatten_keeps_the_order(x):
    """flatten from 0 to −1 is view(−1); y[i · n + j] = x[i, j]"""
    left = flatten(x, start_dim=0, end_dim=-1)
    assert_equal(left, view(x, shape=(-1,)))
    for i in np.ndindex(x.shape):
        place = sum(k * n for k, n in zip(i, contiguous_strides(size=x.shape)))
        assert left[place] == x[i]


@given(st.lists(per_axis(3, 0, 2), min_size=1, max_size=3))
def test_broadcast_shape_is_that_of_any_order(shapes):
    """Symmetric and associative: two at a time, from either end, or all at once"""
    shapes = [
        tuple(n + (n > 1) for n in shape[k % 3 :]) for k, shape in enumerate(shapes)
    ]
    outcomes = []
    for order in itertools.permutations(shapes):
        try:
            total = ()
            for shape in order:
                total = broadcast_shape(shapes=[total, shape])
        except ValueError:
            total = None
        outcomes.append(total)
    assert len({*outcomes}) == 1


@given(broadcast(sixteenths))
def test_broadcast_tensors_repeats_what_has_one(parts):
    """Results have one shape; the mean along an axis of size 1 is what it had"""
    results = broadcast_tensors(*parts)
    assert {y.shape for y in results} == {
        broadcast_shape(shapes=[p.shape for p in parts])
    }
    for y, part in zip(results, parts):
        assert_equal(y, np.broadcast_to(part, y.shape).copy())


# --- special cases


@given(per_axis(4, 0, 4))
def test_numel_is_the_product_of_sizes_and_the_rank_their_count(size):
    """prod(shape) = numel, len(shape) = ndim; without axes it is 1"""
    x = np.zeros(size)
    assert numel(size=x.shape) == x.size == math.prod(size)
    assert len(x.shape) == x.ndim
    assert numel(size=()) == 1


@given(per_axis(3, 1, 4))
def test_contiguous_strides_are_numpys(size):
    """stride in numbers = stride in bytes / 8, where no size is 1"""
    size = tuple(n + 1 for n in size)
    strides = [stride // 8 for stride in np.zeros(size).strides]
    assert contiguous_strides(size=size) == tuple(strides)


def test_view_of_time_major_rows_aligns_with_flattened_targets():
    """Row t · B + b of outputs is step t of sequence b; so is Yᵀ read row after row"""
    batch, steps = 2, 3
    targets = np.arange(batch * steps).reshape(batch, steps)
    rows = view(transpose(targets, dim0=0, dim1=1), shape=(-1,))
    for t, b in np.ndindex(steps, batch):
        assert rows[t * batch + b] == targets[b, t]


# --- errors


@pytest.mark.parametrize(
    "shape", [(4,), (-1, -1), (-1, 4), (-1, 0), (-2, -3), (3, -2, -1), ()]
)
def test_view_rejects_shapes(shape):
    with pytest.raises(ValueError, match="shape is"):
        view(np.zeros((2, 3)), shape=shape)


@pytest.mark.parametrize(
    "dims", [(0,), (0, 0), (0, 2), (2, 1), (0, -3), (1, -3), (0, 1, 1), (0, 1, 2)]
)
def test_permute_rejects_dims(dims):
    with pytest.raises(ValueError, match="dims are"):
        permute(np.zeros((2, 3)), dims=dims)


def test_flatten_and_transpose_reject_dims():
    x = np.zeros((2, 3))
    with pytest.raises(ValueError, match="behind end_dim"):
        flatten(x, start_dim=1, end_dim=0)
    for dims in [(0, 2), (0, -3), (2, 1), (-3, 1)]:
        with pytest.raises(ValueError, match="dims are {}, {}".format(*dims)):
            flatten(x, start_dim=dims[0], end_dim=dims[1])
    with pytest.raises(ValueError, match="dim is 2"):
        transpose(x, dim0=0, dim1=2)


def test_broadcast_shape_and_broadcast_tensors_reject_sizes_that_differ():
    with pytest.raises(ValueError, match="at axis -1 they differ"):
        broadcast_shape(shapes=[(2,), (3,)])
    with pytest.raises(ValueError, match="at axis -2 they differ"):
        broadcast_tensors(np.zeros((2, 1)), np.zeros((3, 1)))


# --- agreement


@pytest.mark.parametrize("way", ways("view"))
@given(st.sampled_from(VIEWS), st.data())
def test_view_agrees_with_backend(backend, way, shapes, data):
    """The backend gives the definition's numbers, and their gradients."""
    if way == "view_contiguous" and len(shapes[0]) < 2:
        shapes = VIEWS[0]
    x = np.asarray(data.draw(full_width(shapes[0]), "x"))
    agree(backend, view, x, way=way, shape=shapes[1])


@given(st.sampled_from(SPANS), st.data())
def test_flatten_agrees_with_backend(backend, span, data):
    """The backend gives the definition's numbers, and their gradients."""
    shape, start, end = span
    x = np.asarray(data.draw(full_width(shape), "x"))
    agree(backend, flatten, x, start_dim=start, end_dim=end)


@given(ordered(full_width))
def test_permute_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    x, dims = example
    agree(backend, permute, x, dims=dims)


@given(tensors(full_width), st.integers(-2, 1), st.integers(-2, 1))
def test_transpose_agrees_with_backend(backend, x, dim0, dim1):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, transpose, x, dim0=dim0, dim1=dim1)


@given(broadcast(full_width))
def test_broadcast_tensors_agrees_with_backend(backend, parts):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, broadcast_tensors, *parts)


# --- laws of PyTorch, of what shares memory


@pytest.fixture
def torch(backend):
    """PyTorch, on the backend's device."""
    if backend.framework.name != "torch":
        pytest.skip("these are PyTorch's rules of what shares memory")
    module = pytest.importorskip("torch")
    with module.device(backend.device):
        yield module


def test_view_shares_memory_or_is_rejected(torch):
    """What is not row after row has no view; reshape copies it"""
    x = torch.arange(6).view(2, 3)
    x.view(3, 2)[0, 0] = 9
    assert x[0, 0] == 9
    with pytest.raises(RuntimeError, match="view size is not compatible"):
        x.t().view(6)
    copy = x.t().reshape(6)
    copy[0] = 7
    assert x[0, 0] == 9
    assert x.t().contiguous().stride() == contiguous_strides(size=(3, 2))


def test_view_by_slices_writes_through_and_clone_does_not(torch):
    """The notes: like Python's slices. v = a[:1] is a view: v[0] = 9 is in a"""
    a = torch.zeros(3)
    view_of_a, copy = a[:1], a[1:].clone()
    view_of_a[0], copy[0] = 9, 9
    assert a.tolist() == [9, 0, 0]
    with pytest.raises(ValueError, match="step must be greater than zero"):
        a[::-1]


def test_view_to_another_tensors_kind_is_no_copy_where_nothing_changes(torch):
    """The notes: x.to(y) is a copy of x. It is x itself if dtype and device are y's"""
    x, y = torch.zeros(2), torch.ones(3)
    assert x.to(y) is x
    assert x.to(y, copy=True) is not x
    assert x.to(y.double()).dtype == torch.float64
    assert torch.zeros_like(y.half()).dtype == y.half().new_zeros(1).dtype
    assert x.cpu().to(x.device).equal(x)


def test_view_in_place_is_the_same_tensor_and_guards_gradients(torch):
    """add_ gives its own tensor; what a gradient needs may not be overwritten"""
    x = torch.ones(2, requires_grad=True)
    y = x * 1
    z = y.exp()
    assert y.add_(1) is y
    z.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        z.sum().backward()
