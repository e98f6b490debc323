"""How Hypothesis runs a property, changed for a while."""

from contextlib import contextmanager

from hypothesis import settings


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
