"""What each property met, put where the terminal table finds it.

It travels in a test's report, which pytest-xdist sends from its workers: what JUnit
XML is to keep as user_properties, the ledger as an attribute.
"""

import pytest
from hypothesis.errors import FlakyFailure, Unsatisfiable

from properties.calls import Disagreement
from properties.operations import operation_of
from properties.reporting.ledger import Ledger
from properties.reporting.reproduction import written


def label(items):
    """Note which operation each property is about, and with which backend."""
    for item in items:
        if "properties" not in item.path.parts:
            continue
        drawn = getattr(item, "callspec", None)
        given = drawn.params if drawn else {}
        known = given.get("issue")
        about = operation_of(item.function)
        operation = known.operation if known else given.get("way", about)
        item.user_properties.append(("operation", operation))
        if "backend" in given:
            backend = given["backend"]
            item.user_properties.append(("backend", backend and repr(backend)))


def observe(item):
    """Run a property, and note the examples that its backend was given."""
    backend = getattr(item, "callspec", None) and item.callspec.params.get("backend")
    if not backend:
        return (yield)
    backend.ledger = Ledger()
    try:
        return (yield)
    except (Disagreement, FlakyFailure) as failure:
        disagreement = disagreement_of(failure)
        if folder := item.config.option.report:
            path = written(disagreement, folder)
            item.user_properties.append(("script", str(path)))
        raise disagreement from None
    except Unsatisfiable:
        if not backend.ledger.not_implemented:
            raise
        pytest.skip(f"{backend.framework.label} has it not for {backend.dtype}")
    finally:
        ledger = backend.ledger
        vars(ledger).update(backend.tally())
        item.user_properties.append(("examples", ledger.examples))
        item.user_properties.append(("worst share of the bound", ledger.worst))


def disagreement_of(failure):
    """A disagreement, also of a backend that disagrees at one time and not at another.

    Raises:
        FlakyFailure: what came and went is something else.
    """
    if isinstance(failure, Disagreement):
        return failure
    for found in failure.exceptions:
        if isinstance(found, Disagreement):
            problem = f"it does not do the same each time: {found.problem}"
            return Disagreement(found.call, problem, found.finding)
    raise failure


def attach(report, item, call):
    """Add to a test's report its backend's ledger, and a disagreement in its own words.

    The words go where JUnit XML, report.json and pytest's summary look for them.
    """
    backend = hasattr(item, "callspec") and item.callspec.params.get("backend")
    if call.when == "call" and backend:
        report.ledger = backend.ledger.plain()
    disagreement = call.excinfo and call.excinfo.value
    crash = getattr(report.longrepr, "reprcrash", None)
    if isinstance(disagreement, Disagreement) and crash:
        crash.message = str(disagreement)
