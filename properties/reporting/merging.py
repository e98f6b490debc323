"""One report of several: `lawbook merge OUT DIR DIR …`, for the shards of a run."""

import re
import shutil
from itertools import combinations
from pathlib import Path

from properties.reporting.comparison import PLACE, by_place, conditions_of, read


class UnmergeableReports(Exception):
    """Reports that are not of parts of one run; the message says why."""


def merge(folders, out):
    """Read the reports of several folders, and copy their scripts into another.

    Returns:
        One report: its results and laws are theirs, its environment the first's.

    Raises:
        UnreadableReport: a folder has no report, or none of this version.
        UnmergeableReports: two were made otherwise, have the same result or law
            twice, or a shard is missing.
    """
    reports = {str(folder): read(folder) for folder in folders}
    for one, other in combinations(reports, 2):
        check_alike(one, reports[one], other, reports[other])
        check_apart(one, reports[one], other, reports[other])
    check_shards(reports.values())
    first, *_ = reports.values()
    results = [
        with_scripts_at(result, Path(folder), Path(out))
        for folder, report in reports.items()
        for result in report["results"]
    ]
    laws = [law for report in reports.values() for law in report["laws"]]
    return first | {
        "started": min(report["started"] for report in reports.values()),
        "command": unsharded(first["command"]),
        "laws": sorted(laws, key=lambda law: law["test"]),
        "results": sorted(results, key=lambda each: [each[key] for key in PLACE]),
    }


def check_alike(one, report, other, others):
    """Check that two runs were made alike; on another machine of a kind will do."""
    left, right = (
        conditions_of(each)
        | {"seed": each["seed"], "derandomized": each["derandomized"]}
        | {"platform": "any"}
        for each in (report, others)
    )
    for name in sorted({*left, *right}):
        sides = [side.get(name, "absent") for side in (left, right)]
        if sides[0] != sides[1]:
            problem = f"{name} is {sides[0]} in {one}, {sides[1]} in {other}"
            raise UnmergeableReports(problem)


def check_apart(one, report, other, others):
    """Check that no result and no law is in both of two reports."""
    places = by_place(report).keys() & by_place(others).keys()
    laws = {law["test"] for law in report["laws"]}
    laws &= {law["test"] for law in others["laws"]}
    for twice in sorted([" ".join(place) for place in places]) + sorted(laws):
        raise UnmergeableReports(f"{twice} is both in {one} and in {other}")


def check_shards(reports):
    """Check that there are all shards of a run, if these are shards."""
    shards = {shard for report in reports if (shard := shard_of(report["command"]))}
    for count in sorted({count for _, count in shards}):
        for which in range(1, count + 1):
            if (which, count) not in shards:
                raise UnmergeableReports(f"shard {which}/{count} is missing")


def shard_of(command):
    """Which shard of how many a command was to run; None if it was to run all."""
    found = re.search(r"--shard[ =](\d+)/(\d+)", " ".join(command))
    return found and tuple(map(int, found.groups()))


def unsharded(command):
    """A command, to run all."""
    return [
        word
        for before, word in zip(["", *command], command)
        if before != "--shard" and not re.match("--shard(=|$)", word)
    ]


def with_scripts_at(result, folder, out):
    """A result whose scripts are copied from one folder to another."""
    found = [
        example | {"script": copied(example["script"], folder, out)}
        for example in result["counterexamples"]
    ]
    return result | {"counterexamples": found}


def copied(script, folder, out):
    """Where a script is after it was copied, if it is beside its report."""
    here = folder / Path(script or "").name
    if not script or not here.is_file():
        return script
    out.mkdir(parents=True, exist_ok=True)
    there = out / here.name
    if there.resolve() != here.resolve():
        shutil.copyfile(here, there)
    return str(there)
