"""The one comparison in the project."""

import numpy as np


def assert_equal(left, right):
    """Check that two sides of a law have the same shape, dtype and numbers."""
    np.testing.assert_array_equal(left, right, strict=True)
