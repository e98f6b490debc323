"""The reference, its sums taken in the order `deferred.fused`."""

from selftest.soak.deferred import fused
from selftest.soak.reordered import backend

globals().update(backend(fused))
