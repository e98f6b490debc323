"""What a run showed, as data: report.json, whose form is report.schema.json."""

import contextlib
import json
import os
import platform
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from properties.reporting.table import OUTCOMES, VERDICTS, properties_of

VERSION = 1
"""Of the form: it grows by one when a reader of the old form would go wrong."""

START = time.time()
"""When this was loaded: at the start of a run."""

LIBRARIES = ("lawbook", "hypothesis", "numpy", "pytest", "scipy")
OPTIONS = (
    *("backend", "device", "dtype", "effort"),
    *("in_process", "time_limit", "memory_limit"),
)


def write(report, folder):
    """Write report.json; the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(folder) / "report.json"
    path.write_text(json.dumps(report, indent=1, allow_nan=False), encoding="utf-8")
    return path


def report(reporter, config):
    """Everything that a run showed, as report.schema.json describes it."""
    laws, results = gathered(reporter)
    return {
        "version": VERSION,
        "started": datetime.fromtimestamp(START, UTC).isoformat(timespec="seconds"),
        "command": ["pytest", *config.invocation_params.args],
        "options": {name: config.getoption(name) for name in OPTIONS},
        "seed": config.getoption("hypothesis_seed", None),
        "derandomized": "CI" in os.environ,
        "environment": environment(),
        "frameworks": [
            {"name": framework.name, "version": framework.offer["version"]}
            for framework in config.lawbook.frameworks
        ],
        "laws": laws,
        "results": results,
    }


def environment():
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "libraries": dict(installed(LIBRARIES)),
    }


def installed(names):
    """Names and versions of those that are installed."""
    for name in names:
        with contextlib.suppress(PackageNotFoundError):
            yield name, version(name)


def gathered(reporter):
    """Laws, and results by operation, backend, device and dtype; both sorted."""
    laws, cells = [], {}
    for outcome in OUTCOMES:
        for run in reporter.getreports(outcome):
            known = properties_of(run)
            if not known.get("operation"):
                continue
            test = {
                "test": run.nodeid,
                "outcome": outcome,
                "seconds": round(getattr(run, "duration", 0.0), 3),
            }
            if "backend" not in known:
                laws.append({"operation": known["operation"], **test})
            elif known["backend"]:
                cell = cells.setdefault((known["operation"], known["backend"]), [])
                cell.append((test, known, failure_of(run)))
    results = [result(*key, cells[key]) for key in sorted(cells)]
    return sorted(laws, key=lambda law: law["test"]), results


def failure_of(run):
    """What a failed property said, without pytest's frame around it.

    If the failure is a known issue, what is known comes first.
    """
    reason = getattr(run, "wasxfail", "")
    if run.outcome != "failed" and not reason:
        return ""
    crash = getattr(getattr(run, "longrepr", None), "reprcrash", None)
    said = crash.message if crash else getattr(run, "longreprtext", "")
    return "\n".join(filter(None, [reason, said]))


def result(operation, backend, runs):
    """What the properties of one operation showed of one backend and dtype."""
    framework, device, dtype = backend.rsplit("-", 2)
    ledgers = [
        known["ledger"] for test, known, _ in runs if test["outcome"] != "xfailed"
    ]
    outcomes = {test["outcome"] for test, _, _ in runs}
    seconds = sum(test["seconds"] for test, _, _ in runs)
    examples = total(ledgers, "examples")
    worst = max(ledgers, key=lambda ledger: ledger.get("worst", 0.0), default={})
    return {
        "operation": operation,
        "backend": framework,
        "device": device,
        "dtype": dtype,
        "verdict": verdict(outcomes, ledgers),
        "examples": examples,
        "seconds": round(seconds, 3),
        "examples_per_second": round(examples / seconds, 1) if seconds else None,
        "worst": {
            "share": finite(worst.get("worst", 0.0)),
            "part": worst.get("worst_part", ""),
            "call": worst.get("worst_call", ""),
        },
        "shares": [
            finite(share) for ledger in ledgers for share in ledger.get("shares", [])
        ],
        "undecidable": total(ledgers, "undecidable"),
        "diverted": total(ledgers, "diverted"),
        "numbers": total(ledgers, "elements"),
        "unchecked": total(ledgers, "unchecked"),
        "calls": total(ledgers, "calls"),
        "compiled": total(ledgers, "compiled"),
        "tests": [test for test, _, _ in runs],
        "counterexamples": [
            {"message": message, "script": known.get("script")}
            for _, known, message in runs
            if message
        ],
    }


def total(ledgers, what):
    return sum(ledger.get(what, 0) for ledger in ledgers)


def finite(share):
    """A share of a bound that JSON can hold: None stands for ∞."""
    return round(share, 4) if share < float("inf") else None


def verdict(outcomes, ledgers):
    if any(ledger.get("crashed") for ledger in ledgers):
        return "crashed"
    told = (VERDICTS[outcome] for outcome in VERDICTS if outcome in outcomes)
    return next(told, "not implemented")
