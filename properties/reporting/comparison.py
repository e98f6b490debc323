"""What changed between two runs: `lawbook compare OLD NEW`."""

import json
from dataclasses import dataclass
from math import inf
from pathlib import Path

from tabulate import tabulate

from properties.reporting.report import VERSION
from properties.reporting.table import fails

PLACE = ("operation", "backend", "device", "dtype")
HEADERS = ("", "change", *PLACE, "old", "new")

WRONG = ("disagrees", "crashed")
UNHELD = ("", "not implemented")

FACTOR = 2
"""A worst share that is this many times what it was has grown; a speed, changed."""

HIGH = 0.5
"""A share of the bound below this has not grown much, whatever it was before."""


class UnreadableReport(Exception):
    """There is no report, or it is not one of this version."""


@dataclass(frozen=True)
class Change:
    """What became of an operation on a backend, a device and a dtype.

    Attributes:
        place: the operation, backend, device and dtype.
        what: the change in words; old, new: the verdict, the share or the speed.
        is_worse: whether it is for the worse; None: neither better nor worse.
    """

    place: tuple
    what: str
    old: str
    new: str
    is_worse: bool | None = None


def read(path):
    """Read report.json, or that of a folder.

    Raises:
        UnreadableReport: see the class; the message says which file, and why.
    """
    path = Path(path)
    path = path / "report.json" if path.is_dir() else path
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise UnreadableReport(f"{path}: {problem.strerror}") from None
    except ValueError as problem:
        raise UnreadableReport(f"{path} is not JSON: {problem}") from None
    if not isinstance(report, dict) or not {"version", "results"} <= {*report}:
        raise UnreadableReport(f"{path} is not a report of Lawbook")
    if report["version"] != VERSION:
        version = report["version"]
        raise UnreadableReport(
            f"{path} has version {version} of the form, not {VERSION}"
        )
    return report


def changes(old, new, *, speed=False):
    """What is otherwise in a new report than in an old one, the worse first.

    A verdict is worse if it is *disagrees* or *crashed* and was not, or if what was
    held to a definition is so no more; a law, if it fails and did not. The worst share
    of a backend that conforms in both has *grown* if it at least doubled, to half of
    the bound or more: that is worse if both runs drew the same examples, as in CI, and
    else may be luck. Speeds are compared only if asked for: halved is worse.
    """
    repeats = old["derandomized"] and new["derandomized"]
    before, after = by_place(old), by_place(new)
    found = law_changes(old, new)
    for place in sorted({*before, *after}):
        one, other = before.get(place), after.get(place)
        found += verdict_change(place, one, other)
        if one and other and one["verdict"] == other["verdict"] == "conforms":
            found += share_change(place, one, other, repeats)
        if one and other and speed:
            found += speed_change(place, one, other)
    rank = {True: 0, None: 1, False: 2}
    return sorted(found, key=lambda change: (rank[change.is_worse], change.place))


def by_place(report):
    return {tuple(result[key] for key in PLACE): result for result in report["results"]}


def law_changes(old, new):
    """Laws of the definitions that fail and did not, or the other way round."""
    before = {law["test"]: law["outcome"] for law in old["laws"]}
    found = []
    for law in new["laws"]:
        was, now = before.get(law["test"], "absent"), law["outcome"]
        place = (law["operation"], law["test"].rpartition("::")[2], "", "")
        if fails(now) and not fails(was):
            found.append(Change(place, "law fails", was, now, True))
        elif fails(was) and not fails(now):
            found.append(Change(place, "law holds again", was, now, False))
    return found


def verdict_change(place, old, new):
    """A list of one change, or of none: what is not implemented is as if absent."""
    was, now = (result["verdict"] if result else "" for result in (old, new))
    if was == now or {was, now} <= {*UNHELD}:
        return []
    what, is_worse = kind_of(was, now)
    return [Change(place, what, was, now, is_worse)]


def kind_of(was, now):
    """What a change of verdict is called, and whether it is for the worse."""
    if now in WRONG:
        what = "newly disagrees" if now == "disagrees" else "newly crashes"
        return what, True if was not in WRONG else None
    if now in UNHELD:
        return "implemented no more" if now else "vanished", True
    if now == "known issue":
        return "new known issue", None
    if was in WRONG:
        return "fixed", False
    return ("appeared", None) if was in UNHELD else ("known issue no more", False)


def share_change(place, old, new, repeats):
    was, now = (share_of(result) for result in (old, new))
    if now < HIGH or now < FACTOR * was:
        return []
    is_worse = True if repeats else None
    return [Change(place, "worst share grew", f"{was:.2f}", f"{now:.2f}", is_worse)]


def share_of(result):
    share = result["worst"]["share"]
    return inf if share is None else share


def speed_change(place, old, new):
    was, now = old["examples_per_second"], new["examples_per_second"]
    if not was or not now or 1 / FACTOR < now / was < FACTOR:
        return []
    what = "slower" if now < was else "faster"
    speeds = [f"{speed:.0f}/s" for speed in (was, now)]
    return [Change(place, what, *speeds, now < was)]


def lines(old, new, found):
    """What `lawbook compare` prints: a table of the changes, and their count."""
    signs = {True: "-", False: "+", None: " "}
    body = [
        (signs[change.is_worse], change.what, *change.place, change.old, change.new)
        for change in found
    ]
    table = tabulate(body, HEADERS, disable_numparse=True).splitlines()
    worse = sum(change.is_worse is True for change in found)
    better = sum(change.is_worse is False for change in found)
    return [
        *conditions(old, new),
        *(["", *table, ""] if found else []),
        f"{worse} worse (-), {better} better (+), {len(found) - worse - better} other;"
        f" {len(old['results'])} results before, {len(new['results'])} now",
    ]


def conditions(old, new):
    """A line for each thing that the two runs were made otherwise."""
    before, after = conditions_of(old), conditions_of(new)
    return [
        f"{name}: {before.get(name, 'absent')} before, {after.get(name, 'absent')} now"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def conditions_of(report):
    options = {
        "--" + name.replace("_", "-"): "default" if value is None else value
        for name, value in report["options"].items()
    }
    versions = {
        each["name"]: each["version"] or "there" for each in report["frameworks"]
    }
    environment = report["environment"]
    kept = {key: environment[key] for key in ("python", "machine", "platform")}
    return options | versions | environment["libraries"] | kept
