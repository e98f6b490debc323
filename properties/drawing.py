"""How Hypothesis runs a property, changed for a while."""

import zlib
from contextlib import nullcontext
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.internal.conjecture.providers import (
    AVAILABLE_PROVIDERS,
    COLLECTION_DEFAULT_MAX_SIZE,
    HypothesisProvider,
)
from hypothesis.internal.constants_ast import Constants


class Afresh(HypothesisProvider):
    """Draws each example for itself, arrays at one go, and nothing from sources.

    By default Hypothesis makes more than half of its examples from another one, copying
    a part of it over a second part: of 300 arrays some 180 are different then, and one
    takes 1.6 times as long to draw. It draws bytes one after the other, which took most
    of the time of large arrays. And one number or word in twenty is from the modules
    that are loaded, so that a property had other examples when run alone.
    """

    _local_constants = Constants()

    def draw_bytes(self, min_size=0, max_size=COLLECTION_DEFAULT_MAX_SIZE):
        if min_size == max_size:
            return self._random.randbytes(min_size)
        return super().draw_bytes(min_size, max_size)


AFRESH = "afresh"
"""The name of it for `settings(backend=…)`."""

AVAILABLE_PROVIDERS[AFRESH] = f"{__name__}.{Afresh.__name__}"


def changed_settings(test, **changes):
    """Run a property with other settings than its function has.

    Hypothesis has settings for a function, but one is run for several backends.
    """
    changed = settings(test._hypothesis_internal_use_settings, **changes)
    return patch.object(test, "_hypothesis_internal_use_settings", changed)


def fewer_examples(test, share):
    """Run a property with a share of its examples, one at least."""
    most = test._hypothesis_internal_use_settings.max_examples
    return changed_settings(test, max_examples=max(1, most // share))


def seeded(test, number):
    """Run a property on the examples that Hypothesis draws from a seed."""
    return patch.object(test, "_hypothesis_internal_use_seed", number)


def drawn_for(test, name):
    """Run a derandomized property on examples that a name determines.

    Hypothesis goes by the function's text: each dtype would have the same ones.
    """
    settled = getattr(test, "_hypothesis_internal_use_settings", None)
    if settled is None or not settled.derandomize:
        return nullcontext()
    return seeded(test, zlib.crc32(name.encode()))


UNSHRUNK = {
    "backend": AFRESH,
    "database": None,
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": [*HealthCheck],
}


def unshrunk(test, examples, **changes):
    """Run a property on so many new examples, and make none that fails smaller.

    A test that Hypothesis does not run is run as it is.
    """
    if not is_hypothesis_test(test):
        return nullcontext()
    return changed_settings(test, max_examples=examples, **UNSHRUNK | changes)


def reject():
    """Give an example up, as Hypothesis does; also one of a list of calls."""
    raise UnsatisfiedAssumption
