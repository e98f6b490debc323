"""The command `lawbook`: what is not a run of pytest."""

import argparse
import sys
from pathlib import Path

from properties.reporting import comparison, merging, page, report

WORSE, UNREADABLE = 1, 2


def main(arguments=None):
    """Run a subcommand; its exit status."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except (comparison.UnreadableReport, merging.UnmergeableReports) as problem:
        print(f"lawbook: {problem}", file=sys.stderr)
        return UNREADABLE


def parser():
    parser = argparse.ArgumentParser(prog="lawbook", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    compare = commands.add_parser(
        "compare",
        help="say what changed between two reports",
        description="Say what changed between two reports of pytest --report.",
        epilog="Exit status: 0 if nothing got worse, 1 if something did, 2 if a "
        "report cannot be read.",
    )
    compare.add_argument("old", help="report.json, or its folder")
    compare.add_argument("new", help="the same of a later run")
    compare.add_argument(
        "--speed", action="store_true", help="compare examples per second, too"
    )
    compare.set_defaults(run=run_compare)
    merge = commands.add_parser(
        "merge",
        help="make one report of several",
        description="Make one report, its page and its scripts of those of the shards "
        "of a run.",
        epilog="Exit status: 0, or 2 if the reports are not of all parts of one run.",
    )
    merge.add_argument("out", metavar="OUT", help="the folder of the report to make")
    merge.add_argument("folders", metavar="DIR", nargs="+", help="that of a part's")
    merge.set_defaults(run=run_merge)
    return parser


def run_compare(options):
    old, new = comparison.read(options.old), comparison.read(options.new)
    found = comparison.changes(old, new, speed=options.speed)
    print("\n".join(comparison.lines(old, new, found)))
    return WORSE if any(change.is_worse for change in found) else 0


def run_merge(options):
    folder = Path(options.out)
    made = merging.merge(options.folders, folder)
    print(f"report: {report.write(made, folder)}")
    print(f"page: {page.told(made, folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
