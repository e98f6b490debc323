"""Extremes of bytes and of truths: reference/tensors/reductions.py on the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree_exactly
from reference.tensors.reductions import (
    amax,
    amin,
    argmax,
    argmin,
    max_along,
    min_along,
)

# --- strategies


@st.composite
def rows_of_bytes(draw):
    """Two rows of bytes, signed or not, that may fill a vector; and an axis of them."""
    kind, dim = draw(st.sampled_from([np.int8, np.uint8])), draw(st.integers(0, 1))
    limits, size = np.iinfo(kind), draw(st.sampled_from([2, 6, 32, 66, 130]))
    numbers = st.integers(limits.min // 2, limits.max)
    x = np.array(draw(st.lists(numbers, min_size=size, max_size=size)), kind)
    return x.reshape(2, -1), {"dim": dim, "keepdim": False}


@st.composite
def rows_of_truths(draw):
    """Two rows of truths, or of zeros and ones, and an axis of them."""
    kind, dim = draw(st.sampled_from([np.int64, bool])), draw(st.integers(0, 1))
    size = draw(st.sampled_from([2, 6, 32, 66, 130]))
    x = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return np.array(x).astype(kind).reshape(2, -1), {"dim": dim, "keepdim": False}


# --- agreement


@pytest.mark.parametrize("reduce", [amax, amin, argmax, argmin, max_along, min_along])
@given(rows_of_bytes())
def test_amax_of_bytes_agrees_with_backend(backend, reduce, example):
    """The very number, and its place: the first of equals."""
    agree_exactly(backend, reduce, example[0], **example[1])


@pytest.mark.parametrize("reduce", [max_along, min_along])
@given(rows_of_truths())
def test_max_along_of_truths_agrees_with_backend(backend, reduce, example):
    """True is greater than False, 1 than 0; the place is the first of equals."""
    agree_exactly(backend, reduce, example[0], **example[1])
