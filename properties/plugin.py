"""Lawbook as a pytest plugin: options, Hypothesis profiles, and hooks."""

import gc
import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from properties import distribution
from properties.backends.adapter import UnusableBackend
from properties.backends.selection import Selection
from properties.drawing import AFRESH, drawn_for, fewer_examples
from properties.operations import TWINS
from properties.reporting import collection, page, report, table

HOME = Path(__file__).parents[1]
"""The folder in which pytest finds its settings: what there is to test, and how."""

EFFORTS = {"quick": 100, "standard": 1_000, "thorough": 20_000}
"""Hypothesis examples of each agreement with a backend, of which some have a share."""

LAW = 5
"""A law of the reference, which is the same on every machine, has a fifth of them."""

OTHER_DTYPES = 4
"""At quick effort other dtypes than float32 have a quarter; another way to an operation
a third of that; and half of it, or less, what is composed of other operations, which
have theirs."""

COMPOSED = {
    **dict.fromkeys(["architectures", "augmentation", "bert", "detection"], 2),
    **dict.fromkeys(["parallel", "segmentation", "seq2seq"], 2),
    "programs": 4,
}
"""Families that are, and by what their examples are divided at quick effort."""

COMPILED = 4
"""What the examples of a backend that compiles are divided by, at any effort."""

for effort, examples in EFFORTS.items():
    settings.register_profile(
        effort,
        backend=AFRESH,
        max_examples=examples,
        deadline=None,
        derandomize="CI" in os.environ,
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def pytest_addoption(parser):
    group = parser.getgroup("lawbook", "what is held to the laws")
    group.addoption(
        "--backend",
        action="append",
        metavar="NAME",
        help="torch (the default) or a mode of it (torch-compile, torch-vmap, …), "
        "numpy, nltk, sacrebleu, reference, a module or a file; repeatable",
    )
    group.addoption(
        "--device",
        action="append",
        metavar="NAME",
        help="cpu or cuda (default: each one present); repeatable",
    )
    group.addoption(
        "--dtype",
        action="append",
        metavar="NAME",
        help="float64, float32, float16 or bfloat16 (default: all); repeatable",
    )
    group.addoption(
        "--effort",
        choices=EFFORTS,
        default="quick",
        help="examples for each property: "
        + ", ".join(f"{name} {count:,}" for name, count in EFFORTS.items()),
    )
    group.addoption(
        "--in-process",
        action="store_true",
        help="run backends in this process, for a debugger: a crash ends the run",
    )
    group.addoption(
        "--report",
        type=Path,
        metavar="DIR",
        help="write there report.json, index.html to look at, and for each "
        "disagreement a script",
    )
    group.addoption(
        "--shard",
        metavar="K/N",
        help="run the K-th of N parts, by operation: for as many jobs",
    )
    group.addoption(
        "--database",
        metavar="URL",
        help="share Hypothesis' examples on a Redis server: redis://HOST:PORT/NUMBER",
    )
    group.addoption(
        "--time-limit",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="a backend's call that takes longer is a disagreement (default: 30)",
    )
    group.addoption(
        "--memory-limit",
        type=float,
        default=8.0,
        metavar="GIB",
        help="so much memory a backend may have, where there is no GPU (default: 8)",
    )
    group.addoption(
        "--timings",
        action="store_true",
        help="add a table of how fast examples are, and what takes the time",
    )


def pytest_configure(config):
    if config.invocation_params.dir == HOME != config.rootpath:
        raise pytest.UsageError(
            f"pytest takes {config.rootpath} for the folder of the tests, as a path "
            "elsewhere is a word of its own. Write --backend=FILE, --report=DIR, or "
            "pytest properties --backend FILE"
        )
    effort = config.getoption("effort")
    settings.load_profile(effort)
    if config.option.shard:
        distribution.shard_of(config.option.shard)
    if url := config.option.database:
        shared = settings(settings.default, database=distribution.database_at(url))
        settings.register_profile(effort, shared)
        settings.load_profile(effort)


def pytest_sessionstart(session):
    """Load the backends, so that what is wrong with them is one line and status 4."""
    options = session.config.option
    if options.help or session.config.getoption("markers", False):
        return
    try:
        session.config.lawbook = Selection(
            options.backend,
            options.device,
            options.dtype,
            in_process=options.in_process,
            time_limit=options.time_limit,
            memory_limit=options.memory_limit,
        )
    except UnusableBackend as problem:
        raise pytest.UsageError(str(problem)) from None


def pytest_sessionfinish(session):
    if selection := getattr(session.config, "lawbook", None):
        selection.close()


def pytest_generate_tests(metafunc):
    if "backend" in metafunc.fixturenames:
        selection = metafunc.config.lawbook
        metafunc.parametrize("backend", [*selection.parameters(metafunc.function)])


def pytest_collection_modifyitems(items, config):
    collection.label(items)
    if config.option.shard:
        distribution.deselect_others(items, config)


def pytest_collection_finish(session):
    """Look for garbage seldom: a tape is taken apart once it has been gone through.

    Looking as often as Python does by default took a third of the time, most of it
    going through the modules, which stay.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Note what the property met; one that met no implementation is a skip."""
    with drawn_for(item.function, item.name), some_examples(item):
        return (yield from collection.observe(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    collection.attach(report, item, call)
    return report


def some_examples(item):
    """Give a property its share of the examples."""
    share = share_of(item)
    return nullcontext() if share == 1 else fewer_examples(item.function, share)


def share_of(item):
    """What the examples of a property are divided by, with a backend or of a law.

    At quick effort it depends on the way and the dtype; at any on whether it compiles.
    """
    if not is_hypothesis_test(item.function) or "properties" not in item.path.parts:
        return 1
    if "backend" not in item.fixturenames:
        return LAW
    backend, way = (item.callspec.params.get(name) for name in ("backend", "way"))
    if backend is None:
        return 1
    compiled = COMPILED if backend.tallies else 1
    if item.config.option.effort != "quick":
        return compiled
    return compiled * quick_share(backend.dtype, item.path.parent.name, way)


def quick_share(dtype, family, way=None):
    """What quick effort's examples are divided by."""
    share = 1 if dtype == "float32" else OTHER_DTYPES
    return share * COMPOSED.get(family, 1) * (3 if way in TWINS else 1)


def pytest_terminal_summary(terminalreporter, config):
    for line in table.lines(terminalreporter, timings=config.option.timings):
        terminalreporter.write_line(line)
    if folder := config.option.report:
        made = report.report(terminalreporter, config)
        terminalreporter.write_line(f"report: {report.write(made, folder)}")
        terminalreporter.write_line(f"page: {page.told(made, folder)}")
