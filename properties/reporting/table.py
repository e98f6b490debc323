"""The table at the end of a run: a row for each operation and backend."""

from collections import defaultdict
from dataclasses import dataclass, field

from tabulate import tabulate

HEADERS = (
    "operation",
    "laws",
    "backend",
    "examples",
    "worst error / bound",
    "undecidable",
    "verdict",
)


@dataclass
class Row:
    """What the properties of one operation showed of one backend on one device."""

    outcomes: list = field(default_factory=list)
    ledgers: dict = field(default_factory=dict)

    def add(self, dtype, outcome, ledger):
        self.outcomes.append(outcome)
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
        share, dtype = max((ledger.get("worst", 0.0), d) for d, ledger in self.each())
        return f"{share:.2f} {dtype}" if share else ""

    @property
    def undecidable(self):
        tried = self.total("examples") + self.total("undecidable")
        return f"{self.total('undecidable') / tried:.0%}" if tried else ""


ALIGNMENT = ("left", "right", "left", "right", "right", "right", "left")

OUTCOMES = ("failed", "error", "xpassed", "xfailed", "passed", "skipped")
VERDICTS = {
    "failed": "disagrees",
    "error": "disagrees",
    "xfailed": "known issue",
    "passed": "conforms",
}
"""Of several outcomes, the first one here decides."""


def lines(reporter):
    """The lines of the table, or none if no property was run with a backend."""
    laws, rows = gather(reporter)
    body, lacking = [], defaultdict(list)
    for operation, backend in sorted(rows):
        row = rows[operation, backend]
        if row.verdict == "not implemented":
            lacking[backend].append(operation)
            continue
        held = laws[operation]
        body.append(
            (
                operation,
                f"{held.count('passed')} of {len(held)}" if held else "",
                backend,
                row.total("examples"),
                row.worst,
                row.undecidable,
                row.verdict,
            )
        )
    if not rows:
        return []
    text = tabulate(body, HEADERS, colalign=ALIGNMENT) if body else ""
    return ["", *text.splitlines(), ""] + [
        f"{backend}: not implemented: {', '.join(operations)}"
        for backend, operations in lacking.items()
    ]


def gather(reporter):
    """Outcomes of laws by operation, and rows by operation and backend."""
    laws, rows = defaultdict(list), defaultdict(Row)
    for outcome in OUTCOMES:
        for report in reporter.getreports(outcome):
            properties = dict(getattr(report, "user_properties", ()))
            operation = properties.get("operation")
            if operation and "backend" not in properties:
                laws[operation].append(outcome)
            elif operation and properties["backend"]:
                backend, dtype = properties["backend"].rsplit("-", 1)
                rows[operation, backend].add(
                    dtype, outcome, properties.get("ledger", {})
                )
    return laws, rows
