"""The laws of reference/attention/costs.py: the products that the loops make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.arithmetic.scalars import Scalar
from properties.strategies import whole_numbers
from reference.attention.costs import (
    convolution_products,
    longest_path,
    recurrent_products,
    self_attention_products,
)
from reference.classification.softmax_regression import linear
from reference.convolution.convolution import conv1d


class Counted(Scalar):
    """A number that counts the products it is in."""

    products = 0

    def __add__(self, other):
        return self

    __radd__ = __add__

    def __mul__(self, other):
        Counted.products += 1
        return self


def products_of(function, *shapes, **options):
    """How many products a reference makes of arrays of these shapes."""
    Counted.products = 0
    function(*[np.full(shape, Counted(), object) for shape in shapes], **options)
    return Counted.products


@given(whole_numbers((1, 4), (1, 4)))
def test_self_attention_products_is_the_count_of_those_made(counts):
    """n² scores of d products, and n² weights times d features: as matrices"""
    n, d = counts
    scores = products_of(linear, (n, d), (n, d))
    averages = products_of(linear, (d, n), (n, n))
    assert self_attention_products(length=n, features=d) == scores + averages


@given(whole_numbers((1, 4), (1, 4)))
def test_recurrent_products_is_the_count_of_those_made(counts):
    """A matrix of d × d at each of n steps"""
    n, d = counts
    assert recurrent_products(length=n, features=d) == n * products_of(
        linear, (d,), (d, d)
    )


@given(whole_numbers((1, 4), (1, 3), (0, 1)))
def test_convolution_products_is_the_count_of_those_made(counts):
    """Of a sequence that is padded already"""
    n, d, half = counts
    k = 2 * half + 1
    window = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
    made = products_of(conv1d, (1, d, n + k - 1), (d, d, k), **window)
    assert convolution_products(length=n, features=d, kernel=k) == made


@given(st.integers(1, 50), st.integers(1, 50))
def test_self_attention_products_are_fewer_where_features_outnumber_tokens(n, d):
    """2 n² d < n d²  ⇔  2 n < d"""
    attention = self_attention_products(length=n, features=d)
    assert (attention < recurrent_products(length=n, features=d)) == (2 * n < d)


@given(st.integers(1, 100), st.integers(1, 9))
def test_longest_path_is_that_of_the_windows(length, kernel):
    """Windows side by side: as many as it takes to cover all tokens"""
    windows = len(range(0, length, kernel))
    assert longest_path(layer="convolution", length=length, kernel=kernel) == windows
    assert longest_path(layer="recurrent", length=length) == length
    assert longest_path(layer="self-attention", length=length) == 1


def test_costs_reject_counts_below_one():
    with pytest.raises(ValueError, match="length is 0; it must be at least 1"):
        self_attention_products(length=0, features=1)
    with pytest.raises(ValueError, match="features is 0"):
        recurrent_products(length=1, features=0)
    with pytest.raises(ValueError, match="kernel is 0"):
        convolution_products(length=1, features=1, kernel=0)
    with pytest.raises(ValueError, match="layer is 'dense'; it must be one of"):
        longest_path(layer="dense", length=1)
