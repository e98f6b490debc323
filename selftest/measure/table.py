"""What share of faults is caught: a row for each family, and floors for CI."""

import json
from collections import Counter, defaultdict
from statistics import median

from tabulate import tabulate

from properties.backends.program import PROGRAM
from properties.operations import family_of
from selftest.measure.runner import EQUIVALENT, KILLED, SURVIVED, UNMEASURED, UNMET

KINDS = {"mutant": "mutants", "output": "faulty outputs", "argument": "arguments"}
FLOOR = 0.9
"""The share of the faults of a fixed sample that CI asks of each family."""


def families(fates, **others):
    """A row for each family: for each kind of fault killed of how many.

    Args:
        others: more columns, by title: a cell for each family, and for "all".
    """
    rows = {}
    for fate in fates:
        rows.setdefault(family_of(fate.operation), []).append(fate)
    headers = ["family"]
    for kind in KINDS.values():
        headers += [kind, "killed", "examples"]
    rows = {family: rows[family] for family in sorted(rows)} | {"all": fates}
    lines = [
        [family, *cells(some), *[cell.get(family, "") for cell in others.values()]]
        for family, some in rows.items()
    ]
    align = ["left"] + ["right"] * (len(headers) + len(others) - 1)
    return tabulate(lines, headers=[*headers, *others], colalign=align)


def alarms(record):
    """How many alarms campaigns raised, of how many examples: "0 of 1,000"."""
    groups = record.grouped(lambda *key: family_of(key[2]))
    groups |= record.grouped(lambda *key: "all")
    return {row: f"{n} of {some.examples:,}" for row, (some, n) in groups.items()}


def speeds(report):
    """Examples per second: the median of the operations of a run's report.json."""
    found = defaultdict(list)
    for result in json.loads(report.read_text(encoding="utf-8"))["results"]:
        name, speed = result["operation"], result["examples_per_second"]
        if speed and name != PROGRAM:
            found[family_of(name)].append(speed)
            found["all"].append(speed)
    return {row: f"{median(some):.0f}" for row, some in found.items()}


def cells(fates):
    """For each kind: how many faults, the share killed, the median of examples."""
    for kind in KINDS:
        some = [fate for fate in fates if fate.kind == kind and counts(fate)]
        examples = [fate.examples for fate in some if fate.fate == KILLED]
        yield str(len(some)) if some else ""
        yield f"{share(some):.1%}" if some else ""
        yield f"{median(examples):g}" if examples else ""


def counts(fate):
    """Whether a fault can be told from what is right; an output's, if it was met."""
    unmet = fate.fate == UNMET and fate.kind != "mutant"
    return fate.fate != EQUIVALENT and not unmet


def share(fates):
    return sum(fate.fate == KILLED for fate in fates) / max(1, len(fates))


def left(fates):
    """A line for each fault that is not killed, and how many are what."""
    for fate in fates:
        if fate.fate in (SURVIVED, UNMET, UNMEASURED):
            why = f": {fate.why}" if fate.why else ""
            yield f"{fate.fate}: {fate.operation}: {fate.fault}{why}"
    yield ", ".join(f"{n} {fate}" for fate, n in Counter(f.fate for f in fates).items())


def below_floors(fates):
    """What to end with: 1 if a family is below the floor, which is then said."""
    status = 0
    for family in sorted({family_of(fate.operation) for fate in fates}):
        some = [f for f in fates if family_of(f.operation) == family and counts(f)]
        if share(some) < FLOOR:
            print(f"{family}: {share(some):.1%} killed, {FLOOR:.0%} are asked")
            status = 1
    return status
