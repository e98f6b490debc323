"""NOTES.md and ERRATA.md of reference/: what they name is there, and all of it."""

import re
from functools import cache

import pytest

from properties.operations import operations
from selftest.test_operations import ROOT, functions

ROWS = 421
LINK = re.compile(r"\[`(\w+)`\]\(([\w./]+)\)")


@cache
def rows(document):
    """The cells of each row of a document's tables, without their heads."""
    lines = (ROOT / "reference" / document).read_text(encoding="utf-8").splitlines()
    tables = [line for line in lines if line.startswith("|")]
    cells = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in tables
    ]
    heads = [i for i, row in enumerate(cells) if set("".join(row)) <= {"-", ":"}]
    return [row for i, row in enumerate(cells) if i not in heads and i + 1 not in heads]


@cache
def defined(path):
    return functions(path.relative_to(ROOT).as_posix())


def links(cell):
    """The names that a cell links to, and the files where they should be."""
    for name, target in LINK.findall(cell):
        yield name, (ROOT / "reference" / target).resolve()


def test_every_row_of_the_notes_is_there():
    assert [int(number) for number, *_ in rows("NOTES.md")] == [*range(1, ROWS + 1)]


@pytest.mark.parametrize("document", ["NOTES.md", "ERRATA.md"])
def test_what_is_named_is_there(document):
    for row in rows(document):
        for name, path in links(" ".join(row)):
            assert path.is_file(), f"{row[0]}: {path}"
            assert name in defined(path), f"{row[0]}: {name} is not in {path}"


def test_every_operation_is_of_some_row():
    named = {name for row in rows("NOTES.md") for name, _ in links(row[4])}
    assert {*operations()} <= named, sorted({*operations()} - named)


def test_a_row_has_a_law_or_says_what_it_has_instead():
    for number, *_, laws, remark in rows("NOTES.md"):
        assert [*links(laws)] or len(remark.split()) > 3, number


def test_an_erratum_has_a_counterexample_a_correction_and_a_test():
    for claim, *others, tests in rows("ERRATA.md"):
        assert all(others), claim
        assert [*links(tests)], claim
