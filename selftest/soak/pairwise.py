"""The reference, its sums taken in the order `deferred.pairwise`."""

from selftest.soak.deferred import pairwise
from selftest.soak.reordered import backend

globals().update(backend(pairwise))
