"""What a run showed, as a page: index.html, which opens from disk without a network.

Plots are drawn in the browser when a cell is opened, by Vega-Lite: of the libraries
that a Python package ships whole, vl-convert's is the smallest (0.9 MB; Bokeh 1.3 MB,
Plotly 4.5 MB), and it draws SVG, which a screen reader and a test can read.
"""

import shlex
from collections import defaultdict
from math import ceil, inf
from pathlib import Path

from properties.arithmetic.precision import FORMATS
from properties.operations import TWINS
from properties.reporting.table import fails

HERE = Path(__file__).parent

SIGNS = {
    "crashed": "!",
    "disagrees": "✗",
    "known issue": "~",
    "conforms": "✓",
    "not implemented": "–",
}
"""A sign for each verdict, the worst first."""

POINTS = 150
"""Of a plot, at most: of more examples, each point is the greatest of several."""


def write(report, folder):
    """Write index.html; the file's path.

    Raises:
        ModuleNotFoundError: a library that the page needs is not installed.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from vl_convert import javascript_bundle

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["brief"] = brief
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    path = Path(folder) / "index.html"
    text = environment.get_template("page.html").render(
        report=report,
        command=shlex.join(report["command"]),
        signs=SIGNS,
        totals=totals(report),
        columns=columns(report),
        rows=rows(report),
        data=data(report),
        library=javascript_bundle().replace("</script", "<\\/script"),
    )
    path.write_text(text, encoding="utf-8")
    return path


def told(report, folder):
    """Write index.html, and say where it is, or what there has to be for it."""
    try:
        return str(write(report, folder))
    except ModuleNotFoundError as lacking:
        return (
            f"not written, as {lacking.name} is not installed: "
            "pip install jinja2 vl-convert-python"
        )


def totals(report):
    """How many cells have each verdict, and how many laws passed."""
    verdicts = [result["verdict"] for result in report["results"]]
    return {
        "verdicts": {verdict: verdicts.count(verdict) for verdict in SIGNS},
        "laws": len(report["laws"]),
        "passed": sum(law["outcome"] == "passed" for law in report["laws"]),
    }


def column(result):
    return result["backend"], result["device"], result["dtype"]


def columns(report):
    """Backends, devices and dtypes; a backend's dtypes, the widest first."""

    def order(key):
        backend, device, dtype = key
        return backend, device, [*FORMATS].index(dtype)

    return sorted({column(result) for result in report["results"]}, key=order)


def rows(report):
    """A row for each operation, the worst first: its cells and what it is sorted by."""
    cells, laws = defaultdict(dict), laws_of(report)
    for index, result in enumerate(report["results"]):
        cells[result["operation"]][column(result)] = index, result
    names = sorted({*cells, *(law["operation"] for law in report["laws"])})
    made = [row(name, cells[name], laws(name)) for name in names]
    return sorted(made, key=lambda row: row["rank"])


def row(name, cells, laws):
    results = [result for _, result in cells.values()]
    failed = any(fails(law["outcome"]) for law in laws)
    verdicts = {result["verdict"] for result in results}
    verdicts |= {"disagrees"} if failed else set()
    ranks = [[*SIGNS].index(verdict) for verdict in verdicts]
    seconds = sum(result["seconds"] for result in results)
    examples = sum(result["examples"] for result in results)
    return {
        "name": name,
        "cells": cells,
        "verdicts": verdicts,
        "rank": min(ranks, default=len(SIGNS)),
        "worst": max(map(share_of, results), default=0),
        "speed": examples / seconds if examples and seconds else None,
        "laws": len(laws),
        "passed": sum(law["outcome"] == "passed" for law in laws),
        "failed": failed,
    }


def laws_of(report):
    """Takes an operation; gives the laws of its definition."""
    laws = defaultdict(list)
    for law in report["laws"]:
        laws[law["operation"]].append(law)
    return lambda name: laws[TWINS.get(name, name)]


def share_of(result):
    share = result["worst"]["share"]
    return inf if share is None else share


def brief(number):
    """A share in the width of a cell: 0.97, 31, 4e6; nothing for 0."""
    if not number:
        return ""
    if number == inf:
        return "∞"
    if number < 10:
        return f"{number:.2f}"
    return (
        f"{number:.0f}"
        if number < 1e3
        else f"{number:.0e}".replace("e+0", "e").replace("e+", "e")
    )


def data(report):
    """What the page shows when a cell is opened."""
    laws = laws_of(report)
    names = {result["operation"] for result in report["results"]}
    names |= {law["operation"] for law in report["laws"]}
    return {
        "results": [opened(result) for result in report["results"]],
        "laws": {name: [ran(law) for law in laws(name)] for name in sorted(names)},
    }


def opened(result):
    """A result with its scripts' text, and with no more shares than can be seen."""
    stretch = max(1, ceil(len(result["shares"]) / POINTS))
    shares = [inf if share is None else share for share in result["shares"]]
    stretches = [shares[i : i + stretch] for i in range(0, len(shares), stretch)]
    return result | {
        "stretch": stretch,
        "shares": [thousandths(max(part)) for part in stretches],
        "tests": [ran(test) for test in result["tests"]],
        "counterexamples": [
            example | {"text": text_of(example["script"])}
            for example in result["counterexamples"]
        ],
    }


def ran(test):
    return test["test"], test["outcome"], test["seconds"]


def thousandths(share):
    """A share in few digits, which a plot can show; None stands for ∞."""
    return None if share == inf else round(1000 * share)


def text_of(script):
    """A script's text, None if there is none."""
    path = Path(script) if script else None
    return path.read_text(encoding="utf-8") if path and path.is_file() else None
