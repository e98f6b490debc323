"""The reference, its sums taken in the order `deferred.backwards`."""

from selftest.soak.deferred import backwards
from selftest.soak.reordered import backend

globals().update(backend(backwards))
