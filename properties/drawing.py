"""How Hypothesis runs a property, changed for a while."""

from contextlib import contextmanager, nullcontext

from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings
from hypothesis.errors import UnsatisfiedAssumption


@contextmanager
def changed_settings(test, **changes):
    """Run a property with other settings than its function has.

    Hypothesis has settings for a function, but one is run for several backends.
    """
    given = test._hypothesis_internal_use_settings
    test._hypothesis_internal_use_settings = settings(given, **changes)
    try:
        yield
    finally:
        test._hypothesis_internal_use_settings = given


def fewer_examples(test, share):
    """Run a property with a share of its examples, one at least."""
    most = test._hypothesis_internal_use_settings.max_examples
    return changed_settings(test, max_examples=max(1, most // share))


UNSHRUNK = {
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
