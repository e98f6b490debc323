"""Hold correct backends to every operation for hours, and count the alarms.

    python -m selftest.soak --hours 8 --json soak.json
    python -m selftest.soak --hours 0 --json soak.json --add another.json

An alarm is a bound that is wrong, or a fault of a framework that is not known yet. The
file is added to: several campaigns are one record, of which the tables at the end are.
It is written by one campaign at a time; `--add` puts together what several wrote.
"""

import argparse
import gc
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings

import properties.plugin  # noqa: F401, has the profile
from properties.operations import operations
from selftest.soak import campaign, tables
from selftest.soak.figures import Figures, Record

SAVED_EVERY = 60.0  # seconds


def arguments(given):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__.split("\n")[0])
    parser.add_argument("--hours", type=float, default=1.0, help="default: 1")
    parser.add_argument("--json", type=Path, metavar="FILE", help="a record to add to")
    parser.add_argument(
        "--add",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a record to put into the other; repeatable",
    )
    parser.add_argument("--backend", action="append", metavar="NAME", help="repeatable")
    parser.add_argument("--dtype", action="append", metavar="NAME", help="repeatable")
    parser.add_argument(
        "--operation",
        action="append",
        choices=operations(),
        metavar="NAME",
        help="repeatable",
    )
    parser.add_argument(
        "--seed", type=int, help="run each property once, from this seed: an alarm's"
    )
    return parser.parse_args(given)


def main(given=None):
    """Run a campaign, and print what its record shows; 1 if it raised an alarm."""
    options = arguments(given)
    settings.load_profile("quick")
    record = Record.read(options.json) if options.json else Record()
    before = len(record.alarms)
    for path in options.add:
        record.add(Record.read(path))
    if options.hours > 0:
        run(record, options)
    elif options.json:
        record.write(options.json)
    print(*tables.lines(record), sep="\n")
    return int(len(record.alarms) > before)


def run(record, options):
    """Add a campaign to a record."""
    once = options.seed is not None
    seed = options.seed if once else random.SystemRandom().getrandbits(32)
    backends = campaign.backends(options.backend, options.dtype)
    seconds = 3600 * options.hours
    runs = campaign.runs(backends, options.operation, seconds, seed, once=once)
    try:
        follow(runs, record, seed, options.json)
    except KeyboardInterrupt:
        print("interrupted")
    finally:
        for framework in {backend.framework for backend in backends}:
            framework.close()


def follow(runs, record, seed, path):
    """Add runs to a record, and write it now and then, and at the end."""
    gc.freeze()  # no garbage: a tape is taken apart once it has been gone through
    gc.set_threshold(100_000, 50, 100)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    this = {"began": now, "seed": seed, "seconds": 0.0}
    record.campaigns.append(this)
    start = saved = time.monotonic()
    try:
        for backend, operation, ledger, alarm in runs:
            key = backend.framework.name, backend.dtype, operation
            record.figures[key].add(Figures.of(ledger))
            if alarm:
                record.alarms.append(alarm)
                print(alarm["message"], f"again: {alarm['again']}", "", sep="\n")
            this["seconds"] = time.monotonic() - start
            if path and time.monotonic() - saved > SAVED_EVERY:
                record.write(path)
                saved = time.monotonic()
    finally:
        if path:
            record.write(path)


if __name__ == "__main__":
    sys.exit(main())
