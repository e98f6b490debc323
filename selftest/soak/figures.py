"""What campaigns showed, added up: examples, alarms, shares of the bounds."""

import json
import math
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field

VERSION = 1

PER_DECADE = 10
"""Bins of shares for each power of ten: a median is known to a quarter of itself."""

LEAST = -100
"""The bin of shares up to 10⁻¹⁰, 0 among them: exact results use nothing."""


def bin_of(share):
    """Which bin an example's share of the bound is in."""
    if share <= edge(LEAST):
        return LEAST
    return math.ceil(round(PER_DECADE * math.log10(share), 9))


def edge(number):
    """The greatest share that a bin holds."""
    return 10 ** (number / PER_DECADE)


@dataclass
class Figures:
    """What examples of one or several properties showed.

    Attributes:
        examples, undecidable, diverted: as `Ledger` counts them.
        greatest: the greatest error as a share of its bound; part: of what.
        bins: how many examples' greatest shares are in each bin.
    """

    examples: int = 0
    undecidable: int = 0
    diverted: int = 0
    greatest: float = 0.0
    part: str = ""
    bins: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.bins = Counter({int(number): n for number, n in self.bins.items()})

    @classmethod
    def of(cls, ledger):
        """The figures of one run of a property; shares, of what is within bounds."""
        counts = ledger.examples, ledger.undecidable, ledger.diverted
        shares = [share for share in ledger.shares if share <= 1]
        bins = Counter(map(bin_of, shares))
        return cls(*counts, max(shares, default=0.0), ledger.worst_part, bins)

    def add(self, other):
        """Add others."""
        self.examples += other.examples
        self.undecidable += other.undecidable
        self.diverted += other.diverted
        self.bins += other.bins
        if other.greatest > self.greatest:
            self.greatest, self.part = other.greatest, other.part

    @property
    def median(self):
        """The median of the examples' shares, to the edge of its bin; 0 for none."""
        left = self.bins.total() / 2
        for number in sorted(self.bins):
            left -= self.bins[number]
            if left <= 0:
                return 0.0 if number == LEAST else edge(number)
        return 0.0

    def between(self, above, most):
        """The part of the examples whose share is in bins from `above` to `most`."""
        inside = sum(n for number, n in self.bins.items() if above < number <= most)
        return inside / self.bins.total() if self.bins else 0.0


class Record:
    """What all campaigns of a file showed.

    Attributes:
        figures: by backend, dtype and operation.
        alarms: dictionaries, see `campaign.alarm`.
        campaigns: dictionaries: when each began, how long it was, its seed.
    """

    def __init__(self, figures=(), alarms=(), campaigns=()):
        self.figures = defaultdict(Figures, figures)
        self.alarms, self.campaigns = [*alarms], [*campaigns]

    @classmethod
    def read(cls, path):
        """Read a file; an empty record, if there is none.

        Raises:
            ValueError: it is of another version.
        """
        if not path.exists():
            return cls()
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["version"] != VERSION:
            raise ValueError(f"{path} has version {plain['version']}, not {VERSION}")
        figures = {
            tuple(row.pop(key) for key in ("backend", "dtype", "operation")): Figures(
                **row
            )
            for row in plain["figures"]
        }
        return cls(figures, plain["alarms"], plain["campaigns"])

    def write(self, path):
        """Write a file whole, or leave the old one."""
        figures = [
            {"backend": backend, "dtype": dtype, "operation": operation} | vars(figures)
            for (backend, dtype, operation), figures in sorted(self.figures.items())
        ]
        plain = {
            "version": VERSION,
            "campaigns": self.campaigns,
            "figures": figures,
            "alarms": self.alarms,
        }
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
        os.replace(beside, path)

    def add(self, other):
        """Add what other campaigns showed."""
        for key, figures in other.figures.items():
            self.figures[key].add(figures)
        self.alarms += other.alarms
        self.campaigns += other.campaigns

    def grouped(self, key):
        """Figures and counts of alarms, added up by what `key` makes of their keys."""
        groups = defaultdict(Figures)
        for names, figures in self.figures.items():
            groups[key(*names)].add(figures)
        alarms = Counter(
            key(alarm["backend"], alarm["dtype"], alarm["operation"])
            for alarm in self.alarms
        )
        return {name: (groups[name], alarms[name]) for name in sorted(groups)}
