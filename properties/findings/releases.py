"""Which release of torch has which fault: a table for FINDINGS.md.

    python properties/findings/releases.py 2.0.1 2.4.1 2.15.0

Each release is installed from the package index into an environment of its own, in a
temporary folder, with what it needs (some 5 GB, deleted afterwards), and `run.py` is
run there; releases before 2.3 need NumPy 1. Nothing is computed on a GPU.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

RUN = Path(__file__).with_name("run.py")


def outcomes(release, folder):
    """How each script ends on a release: a dictionary from names to ends."""
    venv.create(folder, with_pip=True)
    python = f"{folder}/bin/python"
    numpy = "numpy<2" if tuple(map(int, release.split(".")[:2])) < (2, 3) else "numpy"
    install = [python, "-m", "pip", "install", "--quiet", f"torch=={release}", numpy]
    subprocess.run(install, check=True)
    return read(subprocess.run([python, RUN], check=True, stdout=-1, text=True).stdout)


def read(output):
    """What `run.py` printed: from names to outcomes; gloo prints lines, too."""
    lines = [line.split("\t") for line in output.splitlines()[1:]]
    return {line[0]: tuple(line[1:3]) for line in lines if len(line) > 2}


def cell(outcome, usual):
    """What the table says of a script's outcome on a release, and on 2.13.0.

    "yes" is the same fault: a crash there and here, or what is said is alike; "no" that
    it is not there; "–" that it ends in another way, or not in time: the release
    does not have what shows the fault, or fails on the way to it.
    """
    end, said = outcome
    if end == "ends":
        return "no"
    if crashed(usual[0]) and (crashed(end) or end == "AssertionError"):
        return "yes"
    return "yes" if end == usual[0] and alike(said, usual[1]) else "–"


def crashed(end):
    """Whether a signal ended a script, other than that its time was over."""
    return end.startswith("SIG") and end != "SIGALRM"


def alike(said, usual):
    """Whether two messages share half the words of the shorter; numbers may differ."""
    words, others = (
        set(re.findall("[a-z_]{3,}", text.lower())) for text in (said, usual)
    )
    shared = max(1, min(len(words), len(others)))
    return words == others or 2 * len(words & others) >= shared


def table(runs, usual):
    """A Markdown table: a row for each script, a column for each release."""
    lines = [f"| script | {' | '.join(runs)} |", f"|---|{'---|' * len(runs)}"]
    for name in usual:
        ends = [cell(run.get(name, ("", "")), usual[name]) for run in runs.values()]
        lines.append(f"| `{name}` | {' | '.join(ends)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    runs = {}
    for release in ["2.13.0", *sys.argv[1:]]:
        with tempfile.TemporaryDirectory() as folder:
            runs[release] = outcomes(release, folder)
    order = sorted(runs, key=lambda release: [*map(int, release.split("."))])
    print(table({release: runs[release] for release in order}, runs["2.13.0"]))
