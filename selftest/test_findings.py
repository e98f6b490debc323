"""FINDINGS.md, its scripts and the known issues of PyTorch say the same."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from properties.findings import releases
from properties.known_issues import KNOWN_ISSUES
from properties.known_issues.issue import (
    narrow_by_avx512,
    processor_has,
    with_amx,
    without_amx,
)

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted((ROOT / "properties" / "findings" / "scripts").glob("*.py"))
FINDINGS = (ROOT / "FINDINGS.md").read_text(encoding="utf-8").split("\n### ")[1:]
VERSION = "2.13.0"

MACHINES = {
    "conv_amx_one_column": with_amx,
    "conv_amx_rows_in_padding_crash": with_amx,
    "conv_columns_in_padding_crash": partial(processor_has, "avx512f"),
    "conv_half_columns_crash": partial(processor_has, "avx512_fp16"),
    "conv_nan_reaches_neighbours": without_amx,
    "conv_one_column": partial(processor_has, "avx512f"),
    "conv_weight_gradient_unset": narrow_by_avx512,
    "conv3d_one_plane": narrow_by_avx512,
    "gelu_infinity": partial(processor_has, "avx512f"),
    "matmul_amx_nan": with_amx,
}
"""Which processors show a fault, where not all do."""


MODES = {
    "torch-autocast": "torch.autocast alone",
    "torch-compile": "torch.compile (Inductor) alone",
    "torch-vmap": "torch.func.vmap alone",
}
"""How a finding says that only a mode of PyTorch has it."""

KNOWN = [i for i in KNOWN_ISSUES if i.backend in ("torch", *MODES)]


def script_of(finding):
    return re.search(r"\(properties/findings/scripts/(\w+)\.py\)", finding)[1]


def pinned(finding):
    """The known issues that a finding names: pairs of operation and title."""
    lines = re.findall(r"^- Pinned: (.+?) · (.+)$", finding, re.M)
    return [(name, title) for names, title in lines for name in names.split(", ")]


def test_each_script_shows_its_finding():
    """It ends with an exception or a crash, as long as the fault is there."""
    torch = pytest.importorskip("torch")
    if torch.__version__.partition("+")[0] != VERSION:
        pytest.skip(f"FINDINGS.md is of torch {VERSION}")
    command = [sys.executable, ROOT / "properties" / "findings" / "run.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    ends = releases.read(done.stdout)
    quiet = {name for name, (end, _) in ends.items() if end in ("ends", "SIGALRM")}
    assert {name for name in quiet if MACHINES.get(name, lambda: True)()} == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_is_short_and_of_one_finding(script):
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 25
    assert [script_of(finding) for finding in FINDINGS].count(script.stem) == 1


def test_every_known_issue_of_torch_is_in_one_finding():
    named = [name for finding in FINDINGS for name in pinned(finding)]
    assert sorted(named) == sorted({(i.operation, i.title) for i in KNOWN})


@pytest.mark.parametrize("finding", FINDINGS, ids=script_of)
def test_a_finding_says_which_mode_alone_has_it(finding):
    modes = {i.backend for i in KNOWN if (i.operation, i.title) in pinned(finding)}
    if not modes:
        assert re.search(r"^- Pinned: —, .+$", finding, re.M), "it has to say why"
        return
    where = re.search(r"^- Where: (.+)$", finding, re.M)[1]
    said = {backend for backend, words in MODES.items() if words in where}
    assert (said or {"torch"}) == modes


@pytest.mark.parametrize("finding", FINDINGS, ids=script_of)
def test_what_is_not_reported_has_a_bug_report_with_the_script(finding):
    reports = re.findall(r"```python\n(.*?)```", finding, re.S)
    script = ROOT / "properties" / "findings" / "scripts" / f"{script_of(finding)}.py"
    is_reported = "\n- Upstream: not reported" not in finding
    assert reports == ([] if is_reported else [script.read_text(encoding="utf-8")])


@pytest.mark.parametrize(
    ("outcome", "usual", "cell"),
    [
        (("ends", ""), ("SIGSEGV", ""), "no"),
        (("SIGABRT", ""), ("SIGSEGV", ""), "yes"),
        (("SIGALRM", ""), ("SIGSEGV", ""), "–"),
        (("AssertionError", "7, where 1 is right"), ("SIGSEGV", ""), "yes"),
        (("SIGSEGV", ""), ("AssertionError", "7, where 1 is right"), "–"),
        (
            ("AssertionError", "nan, where 2 is right"),
            ("AssertionError", "7.0, where 2 is right"),
            "yes",
        ),
        (
            ("AssertionError", "please report a bug"),
            ("AssertionError", "7, where 1 is right"),
            "–",
        ),
        (("AssertionError", ""), ("AssertionError", "7, where 1 is right"), "–"),
        (("TypeError", "no argument eps"), ("AssertionError", "no eps"), "–"),
        (("", ""), ("AssertionError", "7, where 1 is right"), "–"),
    ],
)
def test_a_release_has_a_fault_where_a_script_ends_alike(outcome, usual, cell):
    assert releases.cell(outcome, usual) == cell


def test_what_run_prints_is_read_back():
    """gloo prints lines of its own, and what a script says may be empty."""
    printed = "torch\t2.6.0\na\tends\t\n[Gloo] Rank 0\nb\tValueError\tno\n"
    expected = {"a": ("ends", ""), "b": ("ValueError", "no")}
    assert releases.read(printed) == expected
