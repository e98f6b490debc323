"""The reference, its sums taken in the order `deferred.blocked`."""

from selftest.soak.deferred import blocked
from selftest.soak.reordered import backend

globals().update(backend(blocked))
