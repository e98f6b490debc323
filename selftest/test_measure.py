"""The measure of planted faults plants what it says, and counts what is caught."""

import inspect
import json
from dataclasses import asdict
from types import SimpleNamespace

import numpy as np
import pytest

from properties.backends.backend import Backend
from properties.backends.isolation import Hung
from properties.backends.program import PROGRAM
from selftest.measure import arguments, cli, mutants, outputs, runner, table
from selftest.measure.equivalent import EQUIVALENT
from selftest.measure.runner import EQUIVALENT as NO_FAULT
from selftest.measure.runner import KILLED, SURVIVED, UNMET, Fate
from selftest.measure.trials import PlantedFramework
from selftest.measure.worker import Planted, laws
from selftest.soak.figures import Figures, Record

TEXT = '''def least(a: int | None, *, b: float = 2) -> int | None:
    """At least a * b."""
    return a + b
'''


def test_mutants_are_of_code_alone():
    """Not of annotations, defaults, docstrings, nor of the * before options"""
    found = [*mutants.mutants_in("reference.numbers", "least", TEXT)]
    assert {mutant.before for mutant in found} == {"return a + b"}
    assert "return a - b" in {mutant.after for mutant in found}


def mutant_of(module, name, after):
    for where, statement, text in mutants.statements():
        if (where, statement) == (module, name):
            made = mutants.mutants_in(module, name, text)
            return next(mutant for mutant in made if mutant.after == after)
    raise AssertionError(f"there is no {module}.{name}")


def test_a_mutant_takes_effect_wherever_it_was_imported_and_is_taken_out_again():
    """multibox imports where_greatest of numbers by name"""
    from reference.boxes.multibox import where_greatest

    after = "return max(range(len(numbers)), key=lambda k: numbers[+k])"
    before = "return max(range(len(numbers)), key=lambda k: numbers[k])"
    source = inspect.getsource(where_greatest).replace("numbers[k]", "-numbers[k]")
    planted = Planted("reference")
    mutant = mutants.Mutant(
        "reference.numbers", "where_greatest", before, after, source, ""
    )
    planted.mutate(mutant)
    assert where_greatest([1, 2, 0]) == 2
    planted.restore()
    assert where_greatest([1, 2, 0]) == 1


def test_a_helper_belongs_to_the_operations_that_use_it():
    """Directly, or by other helpers"""
    found = mutants.belongs_to("reference.numbers", "where_greatest")
    assert "predict_seq2seq" in found
    found = mutants.belongs_to("reference.pooling.regions", "flat_index")
    assert {"adaptive_max_pool1d", "max_pool1d", "fractional_max_pool2d"} < {*found}
    assert mutants.belongs_to("reference.classification.softmax", "softmax")[0] == (
        "softmax"
    )


def options_of(kind, left=None):
    return SimpleNamespace(kind=[kind], sample=1, effort="quick", left=left)


def test_a_mutant_of_a_helper_is_tried_on_every_operation_that_uses_it(monkeypatch):
    """One that shape_chain lets pass is killed by parameter_count"""
    place = "reference.architectures.layer_chains", "_applied"
    mutant = mutant_of(*place, "return shape, 2 + channels")

    def fates(operation, chosen, effort):
        fate = KILLED if operation == "parameter_count" else SURVIVED
        return [Fate(operation, "mutant", str(mutant), fate) for _ in chosen]

    monkeypatch.setattr(mutants, "first_of", lambda operation: [mutant])
    monkeypatch.setattr(runner, "mutant_fates", fates)
    options = options_of("mutant")
    operation, [fate] = cli.fates_of("shape_chain", options)
    assert (operation, fate.fate) == ("shape_chain", KILLED)


def test_what_was_left_is_planted_again(tmp_path, monkeypatch):
    """--again FILE: what was found, or is equivalent, is not"""
    file = tmp_path / "fates"
    fates = {"a": KILLED, "b": SURVIVED, "c": NO_FAULT, "d": UNMET}
    rows = [asdict(Fate("selu", "mutant", name, fate)) for name, fate in fates.items()]
    file.write_text("\n".join(map(json.dumps, rows)))
    made = [mutants.Mutant("", "", name, "", "", "") for name in fates]
    monkeypatch.setattr(mutants.Mutant, "__str__", lambda mutant: mutant.before)
    monkeypatch.setattr(mutants, "first_of", lambda operation: made)
    monkeypatch.setattr(
        runner,
        "mutant_fates",
        lambda name, some, effort: [Fate(name, "mutant", str(m), KILLED) for m in some],
    )
    options = options_of("mutant", left=cli.left([file]))
    assert [fate.fault for fate in cli.fates_of("selu", options)[1]] == ["b", "d"]


def test_an_operation_that_cannot_be_measured_ends_nothing(monkeypatch):
    """It is said why, and counts as what is not caught"""

    def raises(*arguments):
        raise ValueError("no answer within 30 s\nand more")

    monkeypatch.setattr(runner, "fates_on_torch", raises)
    options = options_of("output")
    _, fates = cli.fates_of("relu", options)
    told, _ = table.left(fates)
    assert told == "not measured: relu: any: no answer within 30 s"
    assert table.below_floors(fates) == 1


def test_what_the_reference_takes_is_no_refusal():
    """A weight that is None, of vgg_block, which passes it on as a bias"""
    framework = PlantedFramework("reference")
    refusals = [*runner.refused(Backend(framework, "cpu", "float32"), "vgg_block")]
    framework.close()
    assert refusals
    assert not any("weights[1] is a tensor" in error for _, error in refusals)


def test_laws_that_take_long_are_no_kill(monkeypatch):
    """A mutant of which it is not known whether its laws hold survives"""

    def call(method, *arguments):
        if method == "broken_law":
            raise Hung("no answer within 200 s")

    worker = SimpleNamespace(call=call)
    framework = SimpleNamespace(worker=worker, close=lambda: None)
    monkeypatch.setattr(runner, "PlantedFramework", lambda *_, **__: framework)
    fate = Fate("relu", "mutant", "a", SURVIVED)
    runner.look_at_laws([fate], [None])
    assert fate.fate == SURVIVED


def test_laws_are_those_of_the_module():
    """What linear_lr obeys may show a fault of what it shares with step_lr, too"""
    names = {test.__name__ for test, _ in laws("step_lr")}
    assert "test_schedules_reject_options" in names
    assert any(name.startswith("test_linear_lr") for name in names)
    assert not any("agrees_with_backend" in name for name in names)


SHOWING = {
    "0": [1.0, 2],
    **{f"times {s}": [1.0, 2] for s in ("1.2", "1.01", "1.001", "1.0001", "1.00001")},
    "rounded to bfloat16": [1 + 2**-9],
    "rounded to float16": [1 + 2**-12],
    **{f"wrong from number {n} on": np.ones(n + 1) for n in (64, 256, 1024)},
    outputs.LAST: np.ones(33),
    outputs.EDGE: np.ones(33),
    "NaN to 0": [np.nan],
    "infinity to the largest number": [np.inf],
    "minus 0 to 0": [-0.0],
    "subnormals flushed": [2.0**-140],
    "batch neighbours mixed": [1.0, 2],
}


@pytest.mark.parametrize("name", SHOWING)
def test_faults_of_outputs_change_what_shows_them(name):
    """And nothing else: a number that is right in every way stays."""
    found = [(np.array(SHOWING[name], np.float32), "float32")], []
    assert not outputs.is_same(outputs.results()[name](*found), found)
    if name in outputs.OF_SIZE:
        few = [(np.ones(32, np.float32), "float32")], []
        assert outputs.is_same(outputs.results()[name](*few), few)


def test_a_call_without_results_has_no_bit_to_change():
    """split_batches of nothing gives no tensors"""
    assert outputs.Rarely()([], []) == ([], [])


def test_faults_that_remember_change_a_later_call():
    """A stale result is the one before; one call in twenty has another last bit."""
    stale, rarely = outputs.Stale(), outputs.Rarely()
    calls = [([(np.full(2, n, np.float32), "float32")], []) for n in range(1, 21)]
    assert [stale(*call)[0][0][0][0] for call in calls[:3]] == [1, 1, 2]
    assert [outputs.is_same(rarely(*call), call) for call in calls] == [True] * 19 + [
        False
    ]


def test_faults_of_gradients_change_one_of_them():
    """That of the first, or of the second input which has one"""
    result, gradient = np.ones((4, 2), np.float32), np.ones(2, np.float32)
    parts = [(result, "float32")], [None, (gradient, "float32"), (result, "float32")]
    for name, fault in outputs.gradients(2).items():
        _, changed = fault(*parts)
        which = 1 + int(name.split()[1])
        assert changed[3 - which] is parts[1][3 - which]
        is_broadcast = which == 1 or "broadcast" not in name
        assert (changed[which][0] != parts[1][which][0]).any() == is_broadcast


def reduced(x, y=None, *, stride, mode="sum", dim):
    """A function to be called."""


def drawn(*tensors, **options):
    """A trial of a call with these tensors and options."""
    inputs = dict(zip("xy", tensors))
    call = {"function": reduced, "tensors": [*tensors], "options": options}
    return SimpleNamespace(call=SimpleNamespace(inputs=inputs, **call))


def test_faults_of_arguments_are_made_of_what_varies():
    """What has no default has what most calls have; what never varies is no fault."""
    x = np.ones(1)
    trials = [
        drawn(x, None, stride=1, mode="mean", dim=0),
        drawn(x, x, stride=1, mode="mean", dim=0),
        drawn(x, x, stride=2, mode="sum", dim=0),
    ]
    found = arguments.faults(trials)
    assert {*found} == {
        *("ignores stride", "ignores mode", "leaves out y"),
        "heeds stride only while mode is at its default",
        "heeds mode only while stride is at its default",
    }
    options = {"stride": 2, "mode": "mean"}
    changed = found["heeds stride only while mode is at its default"]([x], options)
    assert changed == ([x], {"stride": 1, "mode": "mean"})
    changed = found["ignores mode"]([x], options)
    assert changed == ([x], {"stride": 2, "mode": "sum"})
    assert found["leaves out y"]([x, x], {})[0] == [x, None]


def test_faults_of_an_operation_are_caught():
    """selu: each mutant that is a fault, and each faulty output and argument"""
    planted = [*mutants.first_of("selu")][:20]
    fates = runner.mutant_fates("selu", planted, "quick")
    fates += runner.fates_on_torch("selu", "quick")
    left = [fate for fate in fates if fate.fate == SURVIVED]
    assert [fate for fate in left if fate.fault not in EQUIVALENT] == []
    assert {fate.kind for fate in fates if fate.fate == KILLED} >= {"mutant", "output"}
    assert all(fate.examples and fate.why for fate in fates if fate.fate == KILLED)


def test_equivalent_mutants_are_of_lines_that_there_are():
    """Each has a reason, and is of a line that the reference still has."""
    for mutant, why in EQUIVALENT.items():
        place, change = mutant.split(": ", 1)
        module, name = place.rsplit(".", 1)
        source = inspect.getsource(getattr(mutants.modules()[module], name))
        assert change.split(" → ")[0] in source, mutant
        assert len(why) > 10, mutant


def test_the_table_counts_what_can_be_told():
    """Equivalent mutants and outputs that were never met are no survivors."""
    fates = [
        Fate("selu", "mutant", "a", KILLED, 2),
        Fate("selu", "mutant", "b", NO_FAULT),
        Fate("selu", "output", "c", UNMET),
        Fate("relu", "mutant", "d", SURVIVED),
        Fate("softmax", "argument", "e", KILLED, 4),
    ]
    rows = table.families(fates).splitlines()
    assert rows[2].split() == ["activations", "2", "50.0%", "2"]
    assert "survived: relu: d" in [*table.left(fates)]


def test_what_was_measured_in_parts_is_one_table(tmp_path, capsys):
    """--read FILE FILE: what was measured again counts as it is in the later file"""
    for name, fate in {"first": SURVIVED, "again": KILLED}.items():
        line = json.dumps(asdict(Fate("selu", "mutant", "a", fate, 2)))
        (tmp_path / name).write_text(line + "\n")
    cli.main(["--read", str(tmp_path / "first"), str(tmp_path / "again")])
    assert "100.0%" in capsys.readouterr().out


def test_alarms_and_speed_are_beside_what_is_caught(tmp_path, capsys):
    """--soak and --report: of the same family, whatever the dtype"""
    record = Record({("torch", d, "selu"): Figures(10) for d in ("float32", "float64")})
    record.write(tmp_path / "soak.json")
    results = [
        {"operation": name, "examples_per_second": speed}
        for name, speed in [("selu", 100), ("relu_inplace", 300), (PROGRAM, 5)]
    ]
    (tmp_path / "report.json").write_text(json.dumps({"results": results}))
    line = json.dumps(asdict(Fate("selu", "mutant", "a", KILLED, 2)))
    (tmp_path / "fates").write_text(line)
    names = {"--read": "fates", "--soak": "soak.json", "--report": "report.json"}
    cli.main([str(w) for name, file in names.items() for w in (name, tmp_path / file)])
    row = capsys.readouterr().out.splitlines()[2].split()
    assert row == ["activations", "1", "100.0%", "2", "0", "of", "20", "200"]


def test_a_family_below_its_floor_is_status_1(capsys):
    fates = [Fate("softmax", "mutant", "a", KILLED, 1)]
    assert table.below_floors(fates) == 0
    assert table.below_floors([*fates, Fate("relu", "mutant", "b", SURVIVED)]) == 1
    assert "activations: 0.0% killed" in capsys.readouterr().out
