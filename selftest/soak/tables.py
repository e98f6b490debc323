"""The tables at the end of a campaign."""

import math
from itertools import pairwise

from tabulate import tabulate

from selftest.soak.figures import LEAST

RANGES = {
    "0": LEAST,
    "≤ 0.001": -30,
    "≤ 0.01": -20,
    "≤ 0.1": -10,
    "≤ 0.5": -3,
    "≤ 1": 0,
}
"""Columns of a histogram, and the last bin in each; 10^−0.3 is 0.5."""

BARS = " ▁▂▃▄▅▆▇█"

WIDE = 0.1
"""A bound that is never used beyond this may be needlessly wide."""


def lines(record):
    """The tables of a record: operations, wide bounds, backends, alarms."""
    return [
        *by_operation(record),
        "",
        *wide(record),
        "",
        *by_backend(record),
        "",
        *alarms(record),
    ]


def by_backend(record):
    """A row for each backend and dtype, and one for all."""
    groups = record.grouped(lambda backend, dtype, operation: (short(backend), dtype))
    whole = record.grouped(lambda *names: ("all", ""))
    body = [
        (
            *name,
            f"{figures.examples:,}",
            alarms,
            told(figures.median),
            told(figures.greatest),
            *[f"{share:.1%}" for share in histogram(figures)],
        )
        for name, (figures, alarms) in {**groups, **whole}.items()
    ]
    headers = ("backend", "dtype", "examples", "alarms", "median", "greatest", *RANGES)
    align = ("left", "left", *["right"] * (len(headers) - 2))
    return tabulate(body, headers, colalign=align, disable_numparse=True).splitlines()


def by_operation(record):
    """A row for each operation: over all backends, and for each dtype."""
    whole = record.grouped(lambda backend, dtype, operation: operation)
    each = record.grouped(lambda backend, dtype, operation: (operation, dtype))
    dtypes = sorted({dtype for _, dtype in each}, key=DTYPES.index)
    body = [
        (
            operation,
            f"{figures.examples:,}",
            alarms,
            bars(figures),
            *[shares(each, operation, dtype) for dtype in dtypes],
        )
        for operation, (figures, alarms) in whole.items()
    ]
    headers = ("operation", "examples", "alarms", "0 … 1", *dtypes)
    align = ("left", "right", "right", "left", *["right"] * len(dtypes))
    return tabulate(body, headers, colalign=align, disable_numparse=True).splitlines()


DTYPES = ("float64", "float32", "float16", "bfloat16")


def shares(each, operation, dtype):
    """Median and greatest of an operation's shares in a dtype."""
    if (operation, dtype) not in each:
        return ""
    figures, _ = each[operation, dtype]
    return f"{told(figures.median)} / {told(figures.greatest)}"


def wide(record):
    """Operations whose bounds in float32 and float64 are never used past a tenth."""
    both = ("float32", "float64")
    groups = record.grouped(lambda backend, dtype, operation: (operation, dtype))
    greatest = {
        operation: max(
            groups[operation, dtype][0].greatest
            for dtype in both
            if (operation, dtype) in groups
        )
        for operation, dtype in groups
        if dtype in both
    }
    exact = [name for name, share in greatest.items() if share == 0]
    few = sorted((share, name) for name, share in greatest.items() if 0 < share <= WIDE)
    listed = ", ".join(f"{name} {told(share)}" for share, name in few)
    return [
        f"{len(greatest)} operations in float32 and float64: {len(exact)} use nothing "
        f"of their bounds; {len(few)} never more than a tenth: {listed or 'none'}"
    ]


def alarms(record):
    """What each alarm says, and how to see it again."""
    return [
        line
        for alarm in record.alarms
        for line in ("", *alarm["message"].splitlines(), f"again: {alarm['again']}")
    ]


def histogram(figures):
    """The part of the examples in each range."""
    edges = [LEAST - 1, *RANGES.values()]
    return [figures.between(*ends) for ends in pairwise(edges)]


def bars(figures):
    """A histogram of one line, a character for each range."""
    most = len(BARS) - 1
    return "".join(BARS[math.ceil(share * most)] for share in histogram(figures))


def told(share):
    """A share in two digits."""
    return f"{share:.2f}" if share >= 0.1 or share == 0 else f"{share:.2g}"


def short(backend):
    """A backend's name without its package's."""
    return backend.rpartition(".")[2]
