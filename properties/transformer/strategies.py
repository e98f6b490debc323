"""Inputs that several parts of a Transformer use."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.strategies import ordinary

ACTIVATIONS = st.sampled_from(["relu", "gelu"])


@cache
def without_zeros(shape):
    """Numbers as `ordinary` has them, but for 0: there, relu has no derivative."""
    return ordinary(shape).map(lambda x: np.where(x == 0, 0.75, x))
