"""How Hypothesis runs a property, changed for a while."""

from contextlib import contextmanager

from hypothesis import settings
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


def reject():
    """Give an example up, as Hypothesis does; also one of a list of calls."""
    raise UnsatisfiedAssumption
