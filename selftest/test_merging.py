"""lawbook merge OUT DIR DIR …: one report of the shards of a run."""

import json

import jsonschema
import pytest

from properties.cli import main
from properties.reporting.comparison import changes, read
from selftest.sample import law, report, result
from selftest.test_options import SCHEMA

UNREADABLE = 2


def shard(folder, which, results, laws=(), **changed):
    """The folder of a shard of two, with a script for each counterexample."""
    folder = folder / which
    folder.mkdir()
    made = report(results, laws)
    made["command"] = ["pytest", "--shard", f"{which}/2", "-n", "auto"]
    for each in results:
        for example in each["counterexamples"]:
            example["script"] = f"elsewhere/{each['operation']}.py"
            (folder / f"{each['operation']}.py").write_text(each["operation"])
    (folder / "report.json").write_text(json.dumps(made | changed))
    return str(folder)


@pytest.fixture
def halves(tmp_path):
    first = [result("softmax", verdict="disagrees"), result("conv2d", "float64")]
    second = [result("conv2d", verdict="crashed")]
    laws = [law("softmax", "sums_to_one")], [law("conv2d", "is_additive")]
    return [
        shard(tmp_path, "1", first, laws[0]),
        shard(tmp_path, "2", second, laws[1], started="2025-01-02T03:04:05+00:00"),
    ]


def test_a_merged_report_has_what_its_parts_have(halves, tmp_path, capsys):
    """Sorted as one of all of it is, and in the same form"""
    assert main(["merge", str(tmp_path / "out"), *halves]) == 0
    made = read(tmp_path / "out")
    jsonschema.validate(made, json.loads(SCHEMA.read_text()))
    places = [(each["operation"], each["dtype"]) for each in made["results"]]
    assert places == [
        ("conv2d", "float32"),
        ("conv2d", "float64"),
        ("softmax", "float32"),
    ]
    assert [each["operation"] for each in made["laws"]] == ["conv2d", "softmax"]
    assert made["command"] == ["pytest", "-n", "auto"]
    assert made["started"].startswith("2025")
    path = tmp_path / "out" / "report.json"
    assert capsys.readouterr().out.startswith(f"report: {path}\npage: ")


def test_scripts_are_beside_the_merged_report(halves, tmp_path):
    out = tmp_path / "out"
    assert main(["merge", str(out), *halves]) == 0
    found = [e for each in read(out)["results"] for e in each["counterexamples"]]
    names = ["conv2d.py", "softmax.py"]
    assert [example["script"] for example in found] == [str(out / n) for n in names]
    assert [(out / n).read_text() + ".py" for n in names] == names


def test_a_report_merged_with_nothing_is_as_it_was(tmp_path):
    """Also where it lies"""
    whole = shard(tmp_path, "1", [result("conv2d")], command=["pytest"])
    before = read(whole)
    assert main(["merge", whole, whole]) == 0
    assert changes(before, read(whole)) == []
    assert read(whole) == before


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"seed": 3}, "seed is None in {0}, 3 in {1}"),
        ({"derandomized": False}, "derandomized is True in {0}, False in {1}"),
        (
            {"frameworks": [{"name": "torch", "version": "2.14.0"}]},
            "torch is 2.13.0 in {0}, 2.14.0 in {1}",
        ),
        ({"frameworks": []}, "torch is 2.13.0 in {0}, absent in {1}"),
        ({"options": {"effort": "thorough"}}, "--backend is default in {0}, absent in"),
        ({"version": 0}, "report.json has version 0 of the form, not 1"),
        ({"command": ["pytest"]}, "shard 2/2 is missing"),
        ({"command": ["pytest", "--shard=2/3"]}, "shard 2/2 is missing"),
        (
            {"results": [result("conv2d", "float64")]},
            "conv2d torch cpu float64 is both in {0} and in {1}",
        ),
        (
            {"laws": [law("softmax", "sums_to_one")]},
            "test_softmax_sums_to_one is both in {0} and in {1}",
        ),
    ],
)
def test_what_is_not_of_one_run_is_not_merged(
    changed, problem, halves, tmp_path, capsys
):
    """One line that says why, status 2, and nothing written"""
    path = tmp_path / "2" / "report.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    assert main(["merge", str(tmp_path / "out"), *halves]) == UNREADABLE
    said = capsys.readouterr().err
    assert problem.format(*halves) in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_missing_part_is_named(halves, tmp_path, capsys):
    assert main(["merge", str(tmp_path / "out"), halves[0]]) == UNREADABLE
    assert "shard 2/2 is missing" in capsys.readouterr().err
    assert main(["merge", str(tmp_path / "out"), str(tmp_path / "3")]) == UNREADABLE
    assert "No such file or directory" in capsys.readouterr().err


def test_other_machines_of_a_kind_will_do(halves, tmp_path):
    """Another kernel, or more processors"""
    path = tmp_path / "2" / "report.json"
    made = json.loads(path.read_text())
    made["environment"] |= {"platform": "Linux-6.8", "processors": 4}
    path.write_text(json.dumps(made))
    assert main(["merge", str(tmp_path / "out"), *halves]) == 0
