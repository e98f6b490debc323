"""The table at the end of a run: a row for each operation and backend."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median

from tabulate import tabulate

from properties.operations import TWINS
from properties.reporting.undecidable import UNDECIDABLE

HEADERS = (
    "operation",
    "laws",
    "backend",
    "examples",
    "worst error / bound",
    "undecidable",
    "unchecked",
    "verdict",
)


@dataclass
class Row:
    """What the properties of one operation showed of one backend on one device."""

    outcomes: list = field(default_factory=list)
    ledgers: dict = field(default_factory=dict)

    def add(self, dtype, outcome, ledger):
        self.outcomes.append(outcome)
        if outcome != "xfailed":
            self.ledgers.setdefault(dtype, []).append(ledger)

    def total(self, what):
        return sum(ledger.get(what, 0) for _, ledger in self.each())

    def each(self):
        return [
            (d, ledger) for d, ledgers in self.ledgers.items() for ledger in ledgers
        ]

    @property
    def verdict(self):
        if any(ledger.get("crashed") for _, ledger in self.each()):
            return "crashed"
        for outcome, verdict in VERDICTS.items():
            if outcome in self.outcomes:
                return verdict
        return "not implemented"

    @property
    def worst(self):
        shares = [(ledger.get("worst", 0.0), dtype) for dtype, ledger in self.each()]
        share, dtype = max(shares, default=(0.0, ""))
        return f"{share:.2f} {dtype}" if share else ""

    @property
    def unchecked(self):
        """The share of numbers whose bound is infinite: they overflow or cancel."""
        compared = self.total("elements")
        return f"{self.total('unchecked') / compared:.0%}" if compared else ""

    @property
    def compiled(self):
        """The share of calls that ran compiled, of a backend that compiles."""
        calls = self.total("calls")
        return f", {self.total('compiled') / calls:.0%} compiled" if calls else ""

    @property
    def undecidable(self):
        """The share of examples that right implementations may differ in."""
        tried = self.total("examples") + self.total("undecidable")
        return self.total("undecidable") / tried if tried else None


ALIGNMENT = ("left", "right", "left", *["right"] * 4, "left")

STAGES = ("drawing", "reference", "backend", "comparing")

OUTCOMES = ("failed", "error", "xpassed", "xfailed", "passed", "skipped")
VERDICTS = {
    "failed": "disagrees",
    "error": "disagrees",
    "xfailed": "known issue",
    "passed": "conforms",
}
"""Of several outcomes, the first one here decides."""


def fails(outcome):
    return outcome in ("failed", "error", "xpassed")


def lines(reporter, *, timings):
    """The lines of the tables, none if no property was run with a backend."""
    laws, rows = gather(reporter)
    lacking = defaultdict(list)
    for operation, backend in sorted(rows):
        if rows[operation, backend].verdict == "not implemented":
            lacking[backend].append(operation)
            del rows[operation, backend]
    text = verdicts(laws, rows) if rows else []
    if rows and timings:
        text += speeds(rows)
    return (
        text
        + [
            f"{backend}: not implemented: {', '.join(operations)}"
            for backend, operations in lacking.items()
        ]
        + [f"to reproduce: python {path}" for path in scripts(reporter)]
    )


def scripts(reporter):
    """Where the scripts of this run's disagreements are."""
    known = [properties_of(report) for report in reporter.getreports("failed")]
    return [properties["script"] for properties in known if "script" in properties]


def verdicts(laws, rows):
    """One row for each operation and backend: does it conform?"""
    body = [
        (
            operation,
            f"{laws[operation].count('passed')} of {len(laws[operation])}",
            backend,
            row.total("examples"),
            row.worst,
            "" if row.undecidable is None else f"{row.undecidable:.0%}",
            row.unchecked,
            row.verdict + row.compiled,
        )
        for (operation, backend), row in sorted(rows.items())
    ]
    table = tabulate(body, HEADERS, colalign=ALIGNMENT).splitlines()
    return ["", *table, "", *doubts(rows)]


def doubts(rows):
    """A line for each operation many of whose examples decide nothing: why."""
    for (operation, backend), row in sorted(rows.items()):
        if (row.undecidable or 0) > MANY:
            why = UNDECIDABLE.get(operation, "nobody has said why")
            yield f"{operation}: {row.undecidable:.0%} undecidable on {backend}: {why}"


MANY = 0.1


def speeds(rows):
    """One row for each operation and backend: how fast were examples, and why?"""
    body, rates = [], []
    for (operation, backend), row in sorted(rows.items()):
        ledgers = [ledger for _, ledger in row.each() if ledger]
        whole = sum(ledger["duration"] for ledger in ledgers)
        spent = Counter()
        for ledger in ledgers:
            spent.update(ledger["seconds"])
        if not whole:
            continue
        spent["drawing"] = whole - sum(spent.values())
        rates.append(row.total("examples") / whole)
        shares = [f"{spent[stage] / whole:.0%}" for stage in STAGES]
        body.append((operation, backend, f"{rates[-1]:.0f}", *shares))
    body.append(("median", "", f"{median(rates):.0f}", *[""] * len(STAGES)))
    headers = ("operation", "backend", "examples / s", *STAGES)
    align = ("left", "left", *["right"] * (len(headers) - 2))
    return ["", *tabulate(body, headers, colalign=align).splitlines(), ""]


def properties_of(report):
    """What was noted of a test while it ran: see collection.py."""
    known = dict(getattr(report, "user_properties", ()))
    return known | {"ledger": getattr(report, "ledger", {})}


def gather(reporter):
    """Outcomes of laws by operation, and rows by operation and backend."""
    laws, rows = defaultdict(list), defaultdict(Row)
    for outcome in OUTCOMES:
        for report in reporter.getreports(outcome):
            properties = properties_of(report)
            operation = properties.get("operation")
            if operation and "backend" not in properties:
                laws[operation].append(outcome)
            elif operation and properties["backend"]:
                backend, dtype = properties["backend"].rsplit("-", 1)
                ledger = dict(properties.get("ledger", {}))
                if ledger:
                    ledger["duration"] = report.duration
                rows[operation, backend].add(dtype, outcome, ledger)
    for way, operation in TWINS.items():
        laws[way] = laws[operation]
    return laws, rows
