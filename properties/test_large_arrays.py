"""Arrays as large as kernels are split for: rows that do not meet, a few are checked.

What is done to each row, image or example by itself has to be done to each of many.
Sizes are around those at which torch begins to share work among threads (2¹⁵ numbers)
and far beyond: up to 2¹⁷ numbers at quick effort, 2²² at standard, 10⁸ at thorough, and
then past 2³¹, too, where there is memory for them.
"""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from properties.agreement import agree_on_rows
from properties.backends.large import Rows
from properties.operations import operations
from properties.strategies import whole_numbers

POWERS = {"norm_type": 2.0, "stride": None, "ceil_mode": False}
LOSS = {"ignore_index": -100, "reduction": "none"}


def numbers(*shape):
    """An array that all rows share."""
    size = int(np.prod(shape))
    return (np.arange(size) * 5 % 7 / 4 - 0.5).reshape(shape)


def pool(axes):
    """Options of a pooling over so many axes."""
    half = {"kernel_size": (2,) * axes, "stride": None, "padding": (0,) * axes}
    return half | {"ceil_mode": False}


def steps(axes):
    """Options of a convolution over so many axes, plain or transposed."""
    one = (1,) * axes
    return {"stride": one, "padding": one, "dilation": one, "groups": 1}


LARGE = {
    "softmax": ([(5,)], {"dim": -1}),
    "log_softmax": ([(5,)], {"dim": -1}),
    "logsumexp": ([(5,)], {"dim": 1, "keepdim": False}),
    "relu": ([(3,)], {}),
    "sigmoid": ([(3,)], {}),
    "tanh": ([(3,)], {}),
    "elu": ([(3,)], {"alpha": 1.0}),
    "gelu": ([(3,)], {"approximate": "tanh"}),
    "glu": ([(6,)], {"dim": -1}),
    "elementwise": ([(3,)], {"function": "exp"}),
    "elementwise2": ([(3,), (3,)], {"function": "mul"}),
    "linear": ([(4,), numbers(3, 4), numbers(3)], {}),
    "layer_norm": (
        [(6,), numbers(6), numbers(6)],
        {"normalized_shape": (6,), "eps": 0.5},
    ),
    "bmm": ([(2, 3), (3, 2)], {}),
    "matmul": ([(2, 3), numbers(3, 2)], {}),
    "tensor_sum": ([(5,)], {"dim": (1,), "keepdim": False}),
    "tensor_mean": ([(5,)], {"dim": (1,), "keepdim": False}),
    "argmax": ([(5,)], {"dim": 1, "keepdim": False}),
    "sort": ([(5,)], {"dim": -1, "descending": False}),
    "embedding": ([("below", 7, (2,)), numbers(7, 3)], {}),
    "one_hot": ([("below", 4, (2,))], {"num_classes": 4}),
    "cross_entropy": ([(4,), ("below", 4, ()), None], LOSS | {"label_smoothing": 0.0}),
    "nll_loss": ([(4,), ("below", 4, ()), None], LOSS),
    "mse_loss": ([(3,), (3,)], {"reduction": "none"}),
    "scaled_dot_product_attention": (
        [(2, 3), (3, 3), (3, 3), None],
        {"is_causal": False, "scale": None, "enable_gqa": False},
    ),
    "conv2d": ([(1, 3, 3), numbers(2, 1, 2, 2), None], steps(2)),
    "conv_transpose2d": (
        [(1, 2, 3), numbers(1, 2, 2, 2), None],
        steps(2) | {"padding": (0, 0), "output_padding": (0, 0)},
    ),
    "max_pool2d": (
        [(1, 4, 4)],
        pool(2) | {"dilation": (1, 1), "return_indices": True},
    ),
    "avg_pool2d": (
        [(1, 4, 4)],
        pool(2) | {"count_include_pad": True, "divisor_override": None},
    ),
    "adaptive_avg_pool2d": ([(1, 4, 5)], {"output_size": (2, 2)}),
    "pad": ([(1, 4)], {"pad": [1, 2], "mode": "constant", "value": 0.5}),
    "unfold": (
        [(1, 3, 3)],
        {
            "kernel_size": (2, 2),
            "dilation": (1, 1),
            "padding": (0, 0),
            "stride": (1, 1),
        },
    ),
    "selu": ([(3,)], {}),
    "leaky_relu": ([(3,)], {"negative_slope": 0.125}),
    "prelu": ([(3,), numbers(3)], {}),
    "softmax_with_temperature": ([(5,)], {"dim": -1, "temperature": 2.0}),
    "add_norm": (
        [(6,), (6,), numbers(6), numbers(6)],
        {"normalized_shape": (6,), "eps": 0.5},
    ),
    "mm": ([(3,), numbers(3, 2)], {}),
    "mv": ([(3,), numbers(3)], {}),
    "baddbmm": ([(2, 2), (2, 3), (3, 2)], {"beta": 0.5, "alpha": 2.0}),
    "cdist": ([(2, 3), (2, 3)], {"p": 1.0}),
    "amax": ([(5,)], {"dim": (1,), "keepdim": False}),
    "amin": ([(5,)], {"dim": (1,), "keepdim": True}),
    "argmin": ([(5,)], {"dim": 1, "keepdim": False}),
    "max_along": ([(5,)], {"dim": 1, "keepdim": False}),
    "min_along": ([(5,)], {"dim": 1, "keepdim": True}),
    "topk": ([(5,)], {"k": 2, "dim": 1, "largest": True}),
    "cat": ([(2,), (3,)], {"dim": 1}),
    "stack": ([(2,), (2,)], {"dim": 1}),
    "flatten": ([(2, 3)], {"start_dim": 1, "end_dim": 2}),
    "permute": ([(2, 3)], {"dims": (0, 2, 1)}),
    "transpose": ([(2, 3)], {"dim0": 1, "dim1": 2}),
    "repeat_interleave": ([(3,)], {"repeats": 3, "dim": 1}),
    "select": ([(4,)], {"dim": 1, "index": 2}),
    "slice_along": ([(7,)], {"dim": 1, "start": 1, "stop": 6, "step": 2}),
    "batch_gather": ([(4, 3), ("below", 4, (2,))], {}),
    "horizontal_flip": ([(1, 2, 3)], {}),
    "vertical_flip": ([(1, 2, 3)], {}),
    "crop": ([(1, 3, 4)], {"top": 1, "left": 1, "height": 2, "width": 2}),
    "l1_loss": ([(3,), (3,)], {"reduction": "none"}),
    "kl_div": ([(4,), (4,)], {"reduction": "none", "log_target": True}),
    "multi_margin_loss": (
        [(4,), ("below", 4, ()), None],
        {"p": 1, "margin": 1.0, "reduction": "none"},
    ),
    "attention_weights": ([(2, 3), (3, 3), None], {"is_causal": False, "scale": None}),
    "rnn_cell": (
        [(2,), (2,), numbers(2, 2), numbers(2, 2), None, None],
        {"nonlinearity": "tanh"},
    ),
    "gru_cell": (
        [(2,), (2,), numbers(6, 2), numbers(6, 2), None, None],
        {"reset_after": True},
    ),
    "lstm_cell": (
        [(2,), (2,), (2,), numbers(8, 2), numbers(8, 2), None, None],
        {},
    ),
    "conv1d": ([(2, 5), numbers(3, 2, 2), numbers(3)], steps(1)),
    "conv3d": ([(1, 3, 3, 3), numbers(2, 1, 2, 2, 2), None], steps(3)),
    "conv_transpose1d": (
        [(2, 4), numbers(2, 3, 2), numbers(3)],
        steps(1) | {"output_padding": (0,)},
    ),
    "conv_transpose3d": (
        [(1, 2, 2, 2), numbers(1, 2, 2, 2, 2), None],
        steps(3) | {"output_padding": (0, 0, 0)},
    ),
    "max_pool1d": (
        [(2, 5)],
        pool(1) | {"dilation": (1,), "return_indices": False},
    ),
    "max_pool3d": (
        [(1, 3, 3, 3)],
        pool(3) | {"dilation": (1, 1, 1), "return_indices": True},
    ),
    "avg_pool1d": ([(2, 5)], pool(1) | {"count_include_pad": True}),
    "avg_pool3d": (
        [(1, 3, 3, 3)],
        pool(3) | {"count_include_pad": True, "divisor_override": None},
    ),
    "lp_pool1d": ([(1, 5)], POWERS | {"kernel_size": (2,)}),
    "lp_pool2d": ([(1, 4, 4)], POWERS | {"kernel_size": (2, 2)}),
    "adaptive_avg_pool1d": ([(1, 7)], {"output_size": 3}),
    "adaptive_avg_pool3d": ([(1, 3, 3, 4)], {"output_size": (2, 2, 2)}),
    "adaptive_max_pool1d": ([(1, 7)], {"output_size": 3, "return_indices": False}),
    "adaptive_max_pool2d": (
        [(1, 4, 5)],
        {"output_size": (2, 2), "return_indices": False},
    ),
    "adaptive_max_pool3d": (
        [(1, 3, 3, 4)],
        {"output_size": (2, 2, 2), "return_indices": False},
    ),
    "global_avg_pool": ([(2, 3, 3)], {}),
    "global_max_pool": ([(2, 3, 3)], {}),
}
"""Tensors and options of each operation: the shape of a row of those that have rows,
("below", n, shape) for whole numbers below n, and arrays that all rows share."""

MOST = {"quick": 2**17, "standard": 2**22, "thorough": 10**8}
"""Numbers of the largest array, by effort."""

BEYOND = 2**31
"""Numbers of an array whose last ones a 32-bit index does not reach."""

BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2}

COPIES = 5
"""So many times the inputs there are: results and gradients of their size, and what
these are computed from."""

WRITTEN_OUT = 32
"""Convolutions may write all windows out, which takes so many times the numbers."""


@st.composite
def sizes(draw):
    """How many rows for each of 2¹⁵ numbers, one more or less; and codes of rows."""
    (way, more, *rows) = draw(whole_numbers((0, 15), (0, 2), *[(0, 255)] * 3))
    return way, more - 1, rows


def rows_of(count, codes):
    """A few rows: the first and the last, in the middle, and others."""
    chosen = {0, count // 2, count - 1, *(code * count // 256 for code in codes)}
    return tuple(sorted(chosen))


@pytest.mark.parametrize("way", LARGE)
@settings(max_examples=6)
@example((0, 1, [3, 100, 200]))  # the largest
@given(sizes())
def test_rows_of_large_arrays_agree_with_backend(backend, way, drawn):
    """Each of many rows is what the definition says of it, and so is its gradient."""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    scale, more, codes = drawn
    most = MOST.get(settings.get_current_profile_name(), MOST["quick"])
    elements = most if scale == 0 else 2 ** (10 + scale % 8)
    size = row_size(way) * (WRITTEN_OUT if "conv" in way else 1)
    hold_rows(backend, way, max(2, min(elements, most) // size + more), codes)


@pytest.mark.parametrize("way", LARGE)
def test_rows_beyond_32_bits_agree_with_backend(backend, way):
    """So it is where their numbers are more than 32 bits with a sign can count."""
    if not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement it")
    if settings.get_current_profile_name() != "thorough":
        pytest.skip("arrays of more than 2³¹ numbers: at thorough effort alone")
    count = BEYOND // row_size(way) + 2
    needed = memory_of(way, count, backend.dtype)
    if needed > backend.memory:
        has = f"{backend.memory / 2**30:.0f} GiB"
        pytest.skip(
            f"it takes {needed / 2**30:.0f} GiB of memory, where there are {has}"
        )
    hold_rows(backend, way, count, [3, 100, 200])


def hold_rows(backend, way, count, codes):
    """Check a few of so many rows."""
    shapes, options = LARGE[way]
    tensors = [
        Rows((count, *row_shape(shape)), below_of(shape), 17 * k + codes[0])
        if is_row(shape)
        else shape
        for k, shape in enumerate(shapes)
    ]
    function = operations()[way]
    agree_on_rows(backend, function, *tensors, rows=rows_of(count, codes), **options)


def row_size(way):
    """Numbers of a row of the input that has most of them."""
    shapes, _ = LARGE[way]
    return max(int(np.prod(row_shape(shape))) for shape in shapes if is_row(shape))


def memory_of(way, count, dtype):
    """Bytes that a call with so many rows is to be given."""
    shapes, _ = LARGE[way]
    inputs = sum(
        count * int(np.prod(row_shape(shape))) * itemsize(shape, dtype)
        for shape in shapes
        if is_row(shape)
    )
    return inputs * (WRITTEN_OUT if "conv" in way else COPIES)


def itemsize(shape, dtype):
    return 8 if below_of(shape) else BYTES[dtype]


def is_row(shape):
    return isinstance(shape, tuple)


def row_shape(shape):
    return shape[2] if shape[:1] == ("below",) else shape


def below_of(shape):
    return shape[1] if shape[:1] == ("below",) else 0
