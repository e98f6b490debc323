"""The command `lawbook`: what is not a run of pytest."""

import argparse
import sys

from properties.reporting import comparison

WORSE, UNREADABLE = 1, 2


def main(arguments=None):
    """Run a subcommand; its exit status."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except comparison.UnreadableReport as problem:
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
    return parser


def run_compare(options):
    old, new = comparison.read(options.old), comparison.read(options.new)
    found = comparison.changes(old, new, speed=options.speed)
    print("\n".join(comparison.lines(old, new, found)))
    return WORSE if any(change.is_worse for change in found) else 0


if __name__ == "__main__":
    sys.exit(main())
