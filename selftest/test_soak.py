"""Sums in other orders are what they say, and a campaign sees a bound too tight."""

import json
from dataclasses import replace
from fractions import Fraction
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import calls
from properties.arithmetic.precision import FORMATS, promise
from properties.backends.backend import Backend, Framework
from properties.reporting.ledger import Ledger
from selftest.implementations import nearest
from selftest.soak import campaign
from selftest.soak.__main__ import main
from selftest.soak.deferred import (
    LANES,
    MOST,
    backwards,
    blocked,
    deferred_numbers,
    fused,
    pairwise,
)
from selftest.soak.figures import Figures, Record, bin_of, edge

DTYPES = ("float32", "float64")
FUSED = "selftest.soak.fused"

pairs_of_factors = st.lists(
    st.tuples(st.floats(-8, 8), st.floats(-8, 8)), min_size=1, max_size=2 * LANES + 3
)


def total(order, dtype, pairs):
    """What `total += a * b` comes to on numbers of an order."""
    number = deferred_numbers(order, dtype)
    added = 0
    for a, b in pairs:
        added += number.of(a) * number.of(b)
    return added


def products(dtype, pairs):
    """The exact products of factors that are rounded to a dtype."""
    rounded = FORMATS[dtype].round(np.array(pairs))
    return [Fraction(a) * Fraction(b) for a, b in rounded]


class Exactly:
    """Additions of a dtype, each by a Fraction that is rounded once."""

    def __init__(self, dtype):
        self.form = FORMATS[dtype]

    def rounded(self, numbers):
        return [self.round(number) for number in numbers]

    def round(self, number):
        return Fraction(nearest(self.form, Fraction(number)))

    def add(self, *numbers):
        return reduce(lambda a, b: self.round(a + b), numbers)


# --- orders


@pytest.mark.parametrize("dtype", DTYPES)
@given(pairs=pairs_of_factors)
def test_backwards_adds_the_last_term_first(dtype, pairs):
    """((t₃ + t₂) + t₁) + t₀"""
    exactly = Exactly(dtype)
    terms = exactly.rounded(products(dtype, pairs))
    assert float(total(backwards, dtype, pairs)) == exactly.add(*reversed(terms))


@pytest.mark.parametrize("dtype", DTYPES)
@given(pairs=pairs_of_factors)
def test_blocked_adds_every_eighth_term(dtype, pairs):
    """(t₀ + t₈ + …) + (t₁ + t₉ + …) + …"""
    exactly = Exactly(dtype)
    terms = exactly.rounded(products(dtype, pairs))
    lanes = [exactly.add(*terms[i::8]) for i in range(min(8, len(terms)))]
    assert float(total(blocked, dtype, pairs)) == exactly.add(*lanes)


@pytest.mark.parametrize("dtype", DTYPES)
@given(factors=st.tuples(*[st.tuples(st.floats(-8, 8), st.floats(-8, 8))] * 5))
def test_pairwise_adds_neighbours_first(dtype, factors):
    """((t₀ + t₁) + (t₂ + t₃)) + t₄"""
    exactly = Exactly(dtype)
    a, b, c, d, e = exactly.rounded(products(dtype, factors))
    expected = exactly.add(exactly.add(exactly.add(a, b), exactly.add(c, d)), e)
    assert float(total(pairwise, dtype, factors)) == expected


@pytest.mark.parametrize("dtype", DTYPES)
@given(pairs=pairs_of_factors)
def test_fused_rounds_once_for_each_term(dtype, pairs):
    """○(a₂ b₂ + ○(a₁ b₁ + ○(a₀ b₀))): but for the first, no product is rounded."""
    first, *others = products(dtype, pairs)
    exactly = Exactly(dtype)
    expected = exactly.add(exactly.round(first), *others)
    assert float(total(fused, dtype, pairs)) == expected


def test_orders_differ():
    """1 + 2⁻²⁴ + 2⁻²⁴ is 1 from the front and 1 + 2⁻²³ from the back; and
    (1 + 2⁻¹²)² is 1 + 2⁻¹¹, but for a 2⁻²⁴ that it keeps where it is fused."""
    pairs = [(1.0, 1.0), (2.0**-12, 2.0**-12), (2.0**-24, 1.0)]
    assert float(total(backwards, "float32", pairs)) == 1 + 2.0**-23
    assert float(total(pairwise, "float32", pairs)) == 1
    square = [(-1 - 2.0**-11, 1.0), (1 + 2.0**-12, 1 + 2.0**-12)]
    assert float(total(backwards, "float32", square)) == 0
    assert float(total(fused, "float32", square)) == 2.0**-24


def test_long_sums_are_added_up_on_the_way():
    """No more than MOST terms are put aside."""
    long = total(pairwise, "float64", [(1.0, 1.0)] * (MOST + 2))
    assert len(long.terms) == 2
    assert float(long) == MOST + 2


def test_a_division_by_zero_is_that_of_ieee_754():
    """±1 / 0 is infinite, and 0 / 0 is NaN"""
    for dtype in DTYPES:
        one, zero = (total(pairwise, dtype, [(x, 1.0)]) for x in (1.0, 0.0))
        quotients = one / zero, -one / zero, zero / zero
        assert repr([*map(float, quotients)]) == "[inf, -inf, nan]"


# --- figures


@given(st.floats(0, 1))
def test_a_bin_holds_shares_up_to_its_edge(share):
    """Each share is in one bin, and bins follow each other."""
    number = bin_of(share)
    assert share <= edge(number) * (1 + 1e-9)
    assert number == -100 or share > edge(number - 1) * (1 - 1e-9)


def test_median_is_of_the_examples():
    """Of 0, 0.01, 0.2 the median is 0.01, to its bin's edge; an alarm has no share."""
    ledger = Ledger(examples=3, shares=[0.2, 0.0, 0.01, np.inf])
    figures = Figures.of(ledger)
    assert (figures.examples, figures.greatest) == (3, 0.2)
    assert figures.median == pytest.approx(0.01)


def test_records_are_added_to(tmp_path):
    """A second campaign with the same file has the examples of both."""
    path = tmp_path / "soak.json"
    given = ["--backend", "numpy", "--operation", "relu", "--seed", "7"]
    given += ["--json", str(path)]
    assert main(given) == 0
    first = Record.read(path)
    assert main(given) == 0
    second = Record.read(path)
    assert [campaign["seed"] for campaign in second.campaigns] == [7, 7]
    assert {*first.figures} == {*second.figures} != set()
    for key, figures in first.figures.items():
        assert second.figures[key].examples == 2 * figures.examples > 0
        assert second.figures[key].bins.total() == 2 * figures.bins.total()


def test_records_are_put_together(tmp_path, capsys):
    """--add gives one record of two, and the table is of both."""
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for path, examples in ((one, 3), (two, 4)):
        record = Record({("numpy", "float64", "relu"): Figures(examples)})
        record.write(path)
    assert main(["--hours", "0", "--json", str(one), "--add", str(two)]) == 0
    (figures,) = Record.read(one).figures.values()
    assert figures.examples == 7
    assert "relu                  7" in capsys.readouterr().out


def test_record_of_another_version_is_refused(tmp_path):
    """What this version cannot read, it does not add to."""
    path = tmp_path / "soak.json"
    path.write_text(json.dumps({"version": 0}))
    with pytest.raises(ValueError, match="version 0"):
        Record.read(path)


# --- campaigns


def alarms_of(names, operations):
    """The alarms of one round, in float32, from a fixed seed."""
    frameworks = [Framework(name, in_process=True) for name in names]
    backends = [Backend(framework, "cpu", "float32") for framework in frameworks]
    runs = campaign.runs(backends, operations, 1e3, 5, once=True)
    return [alarm for _, _, ledger, alarm in runs if alarm or not ledger.examples]


@pytest.mark.parametrize("operation", ["softmax", "linear", "layer_norm", "amax"])
def test_correct_backend_raises_no_alarm(operation):
    """Results and gradients by sums in another order are within bounds."""
    assert alarms_of(campaign.REORDERED, [operation]) == []


@pytest.fixture
def tight(monkeypatch):
    """Hold backends to a quarter of their unit roundoff."""

    def promised(*what, **which):
        promised = promise(*what, **which)
        bits = promised.storage.significand_bits + 2
        finer = replace(promised.storage, significand_bits=bits)
        return replace(promised, storage=finer, operation=finer, accumulation=finer)

    monkeypatch.setattr(calls, "promise", promised)


@pytest.mark.usefixtures("tight")
def test_bound_too_tight_raises_an_alarm():
    """The backend is right, and outside; the alarm says how to see it again."""
    alarm, *_ = alarms_of([FUSED], ["linear"])
    assert alarm["message"].startswith("Disagreement: linear on fused-cpu-float32")
    assert alarm["again"].endswith("--operation linear --seed 5")


@pytest.mark.usefixtures("tight")
def test_campaign_with_an_alarm_fails(capsys):
    """Status 1, and the alarm is printed."""
    given = ["--backend", FUSED, "--dtype", "float32", "--operation", "linear"]
    assert main([*given, "--seed", "5"]) == 1
    assert "allowed" in capsys.readouterr().out


def test_unusable_dtype_is_said():
    """No backend has the dtype: said at once, not a campaign of nothing."""
    with pytest.raises(campaign.UnusableBackend, match="bfloat16"):
        campaign.backends(["numpy"], ["bfloat16"])
