"""lawbook compare OLD NEW: what changed, and an exit status for CI."""

import json

import pytest

from properties.cli import main
from properties.reporting.comparison import changes
from selftest.sample import law, report, result

WORSE, UNREADABLE = 1, 2


def verdict(name):
    """A report of one result, or of none."""
    return report([result("conv2d", verdict=name)] if name else [])


def share(worst, *, derandomized=True):
    return report([result("conv2d", shares=[worst])], derandomized=derandomized)


def speed(rate):
    return report([result("conv2d", examples_per_second=rate)])


def written(folder, made):
    folder.mkdir()
    text = made if isinstance(made, str) else json.dumps(made)
    (folder / "report.json").write_text(text)
    return str(folder)


@pytest.fixture
def compare(tmp_path, capsys):
    """Write two reports, and run the command on their folders."""

    def run(old, new, *options):
        folders = written(tmp_path / "old", old), written(tmp_path / "new", new)
        return main(["compare", *folders, *options]), capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("old", "new", "what", "is_worse"),
    [
        ("conforms", "disagrees", "newly disagrees", True),
        ("known issue", "disagrees", "newly disagrees", True),
        (None, "disagrees", "newly disagrees", True),
        ("conforms", "crashed", "newly crashes", True),
        ("disagrees", "crashed", "newly crashes", None),
        ("conforms", "not implemented", "implemented no more", True),
        ("conforms", None, "vanished", True),
        ("conforms", "known issue", "new known issue", None),
        ("disagrees", "known issue", "new known issue", None),
        ("disagrees", "conforms", "fixed", False),
        ("crashed", "conforms", "fixed", False),
        ("known issue", "conforms", "known issue no more", False),
        (None, "conforms", "appeared", None),
        ("not implemented", "conforms", "appeared", None),
    ],
)
def test_a_change_of_verdict_is_told(old, new, what, is_worse):
    """Worse is what fails and did not, and what is not held any more."""
    (change,) = changes(verdict(old), verdict(new))
    assert (change.what, change.is_worse) == (what, is_worse)
    assert change.place == ("conv2d", "torch", "cpu", "float32")
    assert (change.old, change.new) == (old or "", new or "")


@pytest.mark.parametrize("name", ["conforms", "disagrees", "crashed", None])
def test_what_stays_is_not_told(name):
    """Nor what is not implemented, and was or will be absent."""
    assert changes(verdict(name), verdict(name)) == []
    assert changes(verdict(None), verdict("not implemented")) == []
    assert changes(verdict("not implemented"), verdict(None)) == []


@pytest.mark.parametrize(
    ("old", "new", "grew"),
    [
        (0.25, 0.5, True),
        (0.0, 0.9, True),
        (0.3, 0.5, False),
        (0.1, 0.4, False),
        (0.9, 0.2, False),
    ],
)
def test_a_worst_share_grows_if_it_doubles_to_half_of_the_bound(old, new, grew):
    """new >= 2 * old, and new >= 0.5"""
    found = changes(share(old), share(new))
    assert [change.what for change in found] == ["worst share grew"] * grew


@pytest.mark.parametrize("derandomized", [True, False])
def test_a_grown_share_is_worse_only_of_the_same_examples(derandomized):
    """Of other examples it may be luck."""
    new = share(0.9, derandomized=derandomized)
    (change,) = changes(share(0.2), new)
    assert change.is_worse == (True if derandomized else None)


def test_speed_is_compared_if_asked_for():
    """Halved is worse, doubled better."""
    assert changes(speed(100.0), speed(50.0)) == []
    (slower,) = changes(speed(100.0), speed(50.0), speed=True)
    (faster,) = changes(speed(100.0), speed(200.0), speed=True)
    assert (slower.what, slower.is_worse) == ("slower", True)
    assert (faster.what, faster.is_worse) == ("faster", False)
    assert changes(speed(100.0), speed(51.0), speed=True) == []
    assert changes(speed(None), speed(51.0), speed=True) == []


def test_a_law_that_fails_is_told():
    """Also one that was not there."""
    holds = report([], [law("conv2d", "is_additive")])
    fails = report([], [law("conv2d", "is_additive", "failed")])
    for old in (holds, report([])):
        (change,) = changes(old, fails)
        assert (change.what, change.is_worse) == ("law fails", True)
    (change,) = changes(fails, holds)
    assert (change.what, change.is_worse) == ("law holds again", False)


def test_the_command_says_what_changed(compare):
    """A table, the worse first; its count; and what else was otherwise."""
    old = report([result("a", verdict="disagrees"), result("b")])
    new = report([result("a"), result("b", verdict="crashed")])
    new["frameworks"] = [{"name": "torch", "version": "2.14.0"}]
    status, said = compare(old, new)
    assert status == WORSE
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == "torch: 2.13.0 before, 2.14.0 now"
    assert lines[4] == "- newly crashes b torch cpu float32 conforms crashed"
    assert lines[5] == "+ fixed a torch cpu float32 disagrees conforms"
    assert lines[-1].startswith("1 worse (-), 1 better (+), 0 other; 2 results before")


def test_the_command_succeeds_where_nothing_got_worse(compare):
    """Status 0, and no table where nothing changed"""
    status, said = compare(verdict("conforms"), verdict("conforms"))
    assert status == 0
    assert said.out.splitlines() == [
        "0 worse (-), 0 better (+), 0 other; 1 results before, 1 now"
    ]


def test_the_command_compares_speed_with_its_option(compare):
    status, said = compare(speed(100.0), speed(10.0), "--speed")
    assert status == WORSE
    assert "100/s" in said.out


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        ("{", "report.json is not JSON: "),
        ("[]", "report.json is not a report of Lawbook"),
        ("{}", "report.json is not a report of Lawbook"),
        (
            verdict(None) | {"version": 0},
            "report.json has version 0 of the form, not 1",
        ),
    ],
)
def test_the_command_says_why_a_report_is_unreadable(compare, made, problem):
    """One line, and status 2"""
    status, said = compare(verdict(None), made)
    assert status == UNREADABLE
    assert problem in said.err
    assert said.err.count("\n") == 1


def test_the_command_names_a_file_that_is_missing(tmp_path, capsys):
    """Of a folder, the report.json in it"""
    assert main(["compare", str(tmp_path), str(tmp_path)]) == UNREADABLE
    path = tmp_path / "report.json"
    assert capsys.readouterr().err == f"lawbook: {path}: No such file or directory\n"
