"""What is wrong with a run's options is one clear line, and pytest's usage error."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from properties.backends.adapter import UnusableBackend
from properties.backends.selection import Selection

ROOT = Path(__file__).parents[1]
HOMEWORK = str(ROOT / "selftest" / "homework" / "convolution.py")
FILE = "convolution/test_convolution.py"
SHORT = ("-k", "conv2d_agrees_with_backend and not large")
SCHEMA = ROOT / "properties" / "reporting" / "report.schema.json"
USAGE_ERROR = 4


def lawbook(*arguments, at="."):
    """Run pytest on the properties, or some of them, as a user does."""
    command = [sys.executable, "-m", "pytest", f"properties/{at}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def written(folder, text):
    file = folder / "mine.py"
    file.write_text(text)
    return str(file)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ((["nonesuch"], [], []), "backend nonesuch cannot be imported: ModuleNotFound"),
        ((["no/such.py"], [], []), "backend no/such.py: there is no such file"),
        ((["json"], [], []), "backend json has none of the operations of reference/"),
        (([HOMEWORK], ["tpu"], []), "device tpu is not present: .* has cpu"),
        (([HOMEWORK], [], ["int8"]), "dtype int8 is not one of float64, float32"),
        (
            ([HOMEWORK], [], ["bfloat16"]),
            "dtype bfloat16 is not supported: .* on cpu has float64, float32",
        ),
    ],
)
def test_selection_rejects_what_is_not_there(options, problem):
    """Names that are nowhere to be had are named, with what there is instead."""
    with pytest.raises(UnusableBackend, match=problem):
        Selection(*options, in_process=True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("def softmax(", "mine.py cannot be imported: SyntaxError: "),
        ("import nonesuch", "mine.py cannot be imported: ModuleNotFoundError: No"),
        (
            "def softmax(input, axis): ...",
            r"softmax\(input, axis\) cannot be called as softmax\(input, \*, dim\)",
        ),
        (
            "def conv2d(input, weight, *, stride, padding, dilation, groups): ...",
            r"cannot be called as conv2d\(input, weight, bias, \*, stride, ",
        ),
    ],
)
def test_selection_rejects_a_file_that_cannot_be_tested(tmp_path, text, problem):
    """A file that fails to load, or calls its arguments otherwise, says where."""
    with pytest.raises(UnusableBackend, match=problem):
        Selection([written(tmp_path, text)], [], [], in_process=True)


def test_a_librarys_function_in_a_file_is_not_the_files_own(tmp_path):
    """from scipy.special import softmax: the file uses it, and does not offer it."""
    text = "from scipy.special import softmax\ndef log_softmax(input, *, dim): ..."
    selection = Selection([written(tmp_path, text)], [], [], in_process=True)
    (framework,) = selection.frameworks
    assert framework.offer["operations"] == ["log_softmax"]


def test_a_backend_that_dies_at_import_is_told_so(tmp_path):
    """A crash while loading is one line too."""
    crash = written(tmp_path, "import os; os.abort()")
    with pytest.raises(UnusableBackend, match=r"mine\.py: crashed: SIGABRT"):
        Selection([crash], [], [])


def test_a_usage_error_is_one_line_and_status_4():
    """pytest --backend nonesuch"""
    run = lawbook("--backend", "nonesuch")
    assert run.returncode == USAGE_ERROR
    assert run.stderr.startswith("ERROR: backend nonesuch cannot be imported: ")
    assert run.stderr.count("\n") <= 2


def test_a_file_elsewhere_does_not_change_where_tests_are(tmp_path):
    """pytest --backend FILE: told what to write, and nothing is run"""
    file = written(tmp_path, "def relu(input): ...")
    command = [sys.executable, "-m", "pytest", "-p", "properties.plugin"]
    run = subprocess.run(
        [*command, "--backend", file], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == USAGE_ERROR
    assert "Write --backend=FILE" in run.stderr


def test_what_another_plugin_warns_of_ends_no_run(tmp_path, monkeypatch):
    """Warnings are errors in this project's own modules alone"""
    text = "import warnings\ndef pytest_configure(): warnings.warn('no benchmarks')"
    (tmp_path / "noisy.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    options = ("-p", "noisy", "--backend", HOMEWORK, "-k", "conv1d_agrees")
    run = lawbook(*options, at="convolution")
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_file_of_ones_own_is_held_to_what_it_has():
    """pytest --backend homework.py: rows for its operations, a line for the others"""
    run = lawbook("--backend", HOMEWORK, "-k", "conv2d_agrees or conv1d_agrees")
    assert run.returncode == 0, run.stdout
    assert "test_convolution.py" in run.stdout
    assert "convolution does not implement it" in run.stdout
    assert "convolution-cpu: not implemented: " in run.stdout
    (row,) = [line for line in run.stdout.splitlines() if line.startswith("conv2d ")]
    assert row.split()[-1] == "conforms"


def test_a_crash_is_shrunk_and_the_run_goes_on(tmp_path):
    """A backend that aborts on wide images: the table says crashed, and where."""
    text = Path(HOMEWORK).read_text()
    crash = "    import os\n    input.shape[-1] > 2 and os.abort()\n"
    start = "dilation, groups):\n"
    file = written(tmp_path, text.replace(start, start + crash))
    run = lawbook("--backend", file, "-k", "conv2d_agrees or softmax_agrees")
    assert run.returncode == 1
    assert "conv2d on mine-cpu-float64: crashed: SIGABRT (aborted)" in run.stdout
    assert "input = [[[[0., 0., 0.]]]]" in run.stdout
    rows = [line.split() for line in run.stdout.splitlines() if " mine-cpu " in line]
    verdicts = {row[0]: row[-1] for row in rows}
    assert verdicts["conv2d"] == "crashed"
    assert verdicts.get("softmax", "conforms") == "conforms"


def test_a_run_over_several_processes_makes_one_table():
    """pytest -n 2: examples counted in every process are in one row"""
    options = ("-k", "conv2d_agrees", "-n", "2")
    run = lawbook("--backend", HOMEWORK, *options, at=FILE)
    assert run.returncode == 0, run.stdout
    (row,) = [line for line in run.stdout.splitlines() if line.startswith("conv2d ")]
    assert row.split()[:6] == ["conv2d", "0", "of", "0", "convolution-cpu", "375"]


def test_a_report_has_a_script_for_each_disagreement(tmp_path):
    """pytest --report DIR: the script shows the fault, without Lawbook"""
    text = Path(HOMEWORK).read_text().replace("[o, :, p, q]", "[o, :, -1 - p, -1 - q]")
    file, folder = written(tmp_path, text), tmp_path / "report"
    run = lawbook("--backend", file, *SHORT, "--report", str(folder), at=FILE)
    assert run.returncode == 1
    scripts = sorted(folder.glob("conv2d-mine-cpu-float*.py"))
    told = [line for line in run.stdout.splitlines() if line.startswith("to reproduce")]
    assert told
    assert {*told} == {f"to reproduce: python {path}" for path in scripts}
    shown = subprocess.run(
        [sys.executable, "-I", scripts[0]], cwd=tmp_path, capture_output=True, text=True
    )
    assert shown.returncode == 1
    assert "is right" in shown.stdout
    made = json.loads((folder / "report.json").read_text())
    jsonschema.validate(made, json.loads(SCHEMA.read_text()))
    held = [result for result in made["results"] if result["operation"] == "conv2d"]
    results = {result["dtype"]: result for result in held}
    assert {result["verdict"] for result in results.values()} == {"disagrees"}
    found = results["float64"]["counterexamples"]
    assert {example["script"] for example in found} <= {str(path) for path in scripts}
    words = "conv2d on mine-cpu-float64: result is wrong at "
    assert all(example["message"].startswith(words) for example in found)
    assert f"page: {folder / 'index.html'}" in run.stdout.splitlines()


def test_junit_xml_says_what_was_wrong_where(tmp_path):
    """pytest --junitxml FILE: the name has the backend, the message the call"""
    text = Path(HOMEWORK).read_text().replace("[o, :, p, q]", "[o, :, -1 - p, -1 - q]")
    file = written(tmp_path, text)
    options = (*SHORT, "--junitxml", tmp_path / "x.xml")
    run = lawbook("--backend", file, *options, at=FILE)
    assert run.returncode == 1
    cases = ET.parse(tmp_path / "x.xml").iter("testcase")
    failed = {
        case.get("name"): case for case in cases if case.find("failure") is not None
    }
    case = failed["test_conv2d_agrees_with_backend[mine-cpu-float64]"]
    assert case.get("classname") == "properties.convolution.test_convolution"
    message = case.find("failure").get("message")
    assert message.startswith("conv2d on mine-cpu-float64: result is wrong at ")
    noted = {each.get("name"): each.get("value") for each in case.iter("property")}
    assert {*noted} == {"operation", "backend", "examples", "worst share of the bound"}
    assert (noted["operation"], noted["backend"]) == ("conv2d", "mine-cpu-float64")


def test_a_report_has_known_issues_with_what_is_known(tmp_path):
    """What is known and its link, then the disagreement, and a script"""
    options = ("--device", "cpu", "--dtype", "float16", "--report", str(tmp_path))
    run = lawbook("-k", "float16-addmv", *options, at="test_known_issues.py")
    assert run.returncode == 0, run.stdout
    (issue,) = json.loads((tmp_path / "report.json").read_text())["results"]
    assert issue["verdict"] == "known issue"
    assert issue["shares"] == []
    (found,) = issue["counterexamples"]
    assert "https://" in found["message"].splitlines()[0]
    assert "addmv on torch-cpu-float16: " in found["message"]
    assert Path(found["script"]).is_file()


def test_a_report_is_in_the_form_that_it_says(tmp_path):
    """Also with laws, skips, and operations that a backend lacks"""
    options = ("--in-process", "--report", str(tmp_path))
    run = lawbook(*options, at="classification/test_softmax.py")
    assert run.returncode == 0, run.stdout
    made = json.loads((tmp_path / "report.json").read_text())
    jsonschema.validate(made, json.loads(SCHEMA.read_text()))
    assert {result["verdict"] for result in made["results"]} == {"conforms"}
    assert all(
        len(result["shares"]) == result["examples"] > 0 for result in made["results"]
    )
    assert len(made["laws"]) > 20
