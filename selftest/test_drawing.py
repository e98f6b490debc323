"""Hypothesis draws each example afresh, and what it does besides works as ever."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from properties.drawing import AFRESH, drawn_for
from properties.strategies import full_width

CHANGES = {"backend": AFRESH, "database": None, "derandomize": True}


def drawn(examples, check=lambda array: None):
    """The arrays of so many examples."""
    arrays = []

    @settings(max_examples=examples, **CHANGES)
    @given(full_width((2, 3)))
    def keep(array):
        arrays.append(array)
        check(array)

    keep()
    return arrays


def test_no_example_is_a_copy():
    assert len({array.tobytes() for array in drawn(300)}) == 300


def test_a_run_without_luck_draws_the_same():
    assert all(map(np.array_equal, drawn(50), drawn(50)))


@pytest.mark.parametrize("provider", [AFRESH, "hypothesis"])
def test_nothing_is_drawn_from_the_modules_that_are_loaded(monkeypatch, provider):
    """As Hypothesis draws one number in twenty, unless told otherwise"""
    asked, constants = [], providers._get_local_constants
    monkeypatch.setattr(
        providers, "_get_local_constants", lambda: asked.append(1) or constants()
    )

    @settings(max_examples=200, **CHANGES | {"backend": provider})
    @given(st.integers())
    def draw(number):
        pass

    draw()
    assert bool(asked) == (provider != AFRESH)


def test_what_fails_shrinks():
    """To one number that is too large, and zeros"""
    seen = []

    def check(array):
        seen.append(array)
        assert abs(array).max() < 2

    with pytest.raises(AssertionError):
        drawn(300, check)
    assert sorted(abs(seen[-1]).ravel()) == [0, 0, 0, 0, 0, 2]


def test_each_name_has_examples_of_its_own():
    first = of_name("test_relu[torch-cpu-float32]")
    assert first == of_name("test_relu[torch-cpu-float32]")
    assert not first & of_name("test_relu[torch-cpu-float64]")


def of_name(name):
    """What a derandomized property draws under a name, but zeros."""
    seen = set()

    @settings(max_examples=20, **CHANGES)
    @given(full_width((3, 3)))
    def keep(array):
        seen.add(array.tobytes())

    with drawn_for(keep, name):
        keep()
    return seen - {bytes(72)}
