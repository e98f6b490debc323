"""python -m selftest.measure: plant faults, and say what share of them is caught."""

import argparse
import json
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from properties.operations import family_of, held
from properties.plugin import EFFORTS
from selftest.measure import mutants, runner, table
from selftest.measure.equivalent import EQUIVALENT
from selftest.soak.figures import Record


def main(arguments=None):
    options = parser().parse_args(arguments)
    options.left = left(options.again) if options.again else None
    chosen = [*chosen_operations(options)]
    if not chosen:
        sys.exit("no such operation, none of them is held to backends, or none is left")
    if options.json:
        options.json.write_text("", encoding="utf-8")
    fates = [*(read(options.read) if options.read else measured(chosen, options))]
    print(table.families(fates, **columns(options)))
    for line in table.left(fates):
        print(line)
    if options.floors:
        sys.exit(table.below_floors(fates))


def columns(options):
    """What is beside the faults in the table."""
    found = {}
    if options.soak:
        found["alarms"] = table.alarms(Record.read(options.soak))
    if options.report:
        found["examples / s"] = table.speeds(options.report)
    return found


def parser():
    found = argparse.ArgumentParser(
        prog="python -m selftest.measure", description=__doc__
    )
    found.add_argument(
        "--kind", action="append", choices=table.KINDS, help="default: all"
    )
    found.add_argument("--family", action="append", help="a folder of reference/")
    found.add_argument("--operation", action="append", help="one operation")
    found.add_argument("--effort", choices=EFFORTS, default="quick")
    found.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    found.add_argument(
        "--sample",
        type=int,
        default=1,
        metavar="N",
        help="a fixed sample of mutants: one in N",
    )
    found.add_argument(
        "--most",
        type=int,
        metavar="N",
        help="a fixed choice of operations: of each family N at most",
    )
    found.add_argument("--json", type=Path, help="write each fault's fate, a line each")
    found.add_argument(
        "--read",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="plant nothing: the table of files that --json wrote",
    )
    found.add_argument(
        "--again",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="plant only what was left in files that --json wrote",
    )
    found.add_argument(
        "--soak", type=Path, metavar="FILE", help="beside it, alarms of campaigns"
    )
    found.add_argument(
        "--report", type=Path, metavar="FILE", help="beside it, the speed of a run"
    )
    found.add_argument(
        "--floors", action="store_true", help="status 1 if a family is below its floor"
    )
    return found


def chosen_operations(options):
    """Those of the options that a property holds backends to."""
    taken = {}
    names = held() if options.left is None else {name for name, *_ in options.left}
    for name in sorted(names, key=lambda name: zlib.crc32(name.encode())):
        family = family_of(name)
        is_wanted = name in (options.operation or [name]) and family in (
            options.family or [family]
        )
        if is_wanted:
            taken.setdefault(family, []).append(name)
    for family in sorted(taken):
        yield from taken[family][: options.most]


def measured(chosen, options):
    """The fates of all faults, as operations are done."""
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(fates_of, name, options) for name in chosen]
        for count, job in enumerate(as_completed(jobs), 1):
            name, fates = job.result()
            killed = sum(fate.fate == runner.KILLED for fate in fates)
            progress = f"{count}/{len(chosen)} {name}: {killed} of {len(fates)} killed"
            print(progress, file=sys.stderr, flush=True)
            if options.json:
                with options.json.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(asdict(fate)) + "\n" for fate in fates)
            yield from fates


def read(files):
    """The fates in files; of a fault that is in several, the last."""
    texts = [file.read_text(encoding="utf-8") for file in files]
    lines = [line for text in texts for line in text.splitlines()]
    fates = [runner.Fate(**json.loads(line)) for line in lines]
    yield from map(reviewed, {key(fate): fate for fate in fates}.values())


def left(files):
    """The keys of faults in files that were not found, and can be."""
    fates = [fate for fate in read(files) if table.counts(fate)]
    return {key(fate) for fate in fates if fate.fate != runner.KILLED}


def key(fate):
    return fate.operation, fate.kind, fate.fault


def reviewed(fate):
    """A fate, or that its fault is none."""
    if fate.fate != runner.KILLED and fate.fault in EQUIVALENT:
        fate.fate, fate.why = runner.EQUIVALENT, EQUIVALENT[fate.fault]
    return fate


def fates_of(operation, options):
    """An operation's name, and the fates of its faults.

    What a right backend does wrong there, perhaps on a machine that is busy, is said,
    and ends nothing: it could not even be pickled.
    """
    kinds = options.kind or [*table.KINDS]
    try:
        return operation, fates_of_kinds(operation, kinds, options)
    except Exception as error:
        why = str(error).partition("\n")[0]
        return operation, [
            runner.Fate(operation, kind, "any", runner.UNMEASURED, why=why)
            for kind in kinds
        ]


def fates_of_kinds(operation, kinds, options):
    """The fates of an operation's faults."""
    fates = []
    if "mutant" in kinds:
        planted = [
            mutant
            for mutant in mutants.first_of(operation)
            if mutant.is_in_sample(options.sample)
            and is_asked(options, operation, "mutant", str(mutant))
        ]
        fates += fates_of_mutants(operation, planted, options.effort)
    if others := [kind for kind in kinds if kind != "mutant"]:
        fates += runner.fates_on_torch(operation, options.effort, others)
    return [*map(reviewed, [f for f in fates if is_asked(options, *key(f))])]


def is_asked(options, *fault):
    return options.left is None or fault in options.left


def fates_of_mutants(operation, chosen, effort):
    """The fates of mutants; those of a shared helper survive several operations."""
    fates = runner.mutant_fates(operation, chosen, effort)
    alive = [(m, f) for m, f in zip(chosen, fates) if f.fate != runner.KILLED]
    others = {n for m, _ in alive for n in mutants.belongs_to(m.module, m.name)[1:]}
    for other in sorted(others):
        pairs = [
            p for p in alive if other in mutants.belongs_to(p[0].module, p[0].name)
        ]
        again = runner.mutant_fates(other, [mutant for mutant, _ in pairs], effort)
        for (_, fate), found in zip(pairs, again):
            if found.fate == runner.KILLED and fate.fate != runner.KILLED:
                fate.end(found.dtype, found.why)
                fate.examples += found.examples
    return fates
