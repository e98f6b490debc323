"""Parameters, gradients and rates, for every optimiser."""

from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.agreement import assert_equal
from properties.strategies import codes, ordinary, whole_numbers

SHAPES = [(3,), (2, 2), (), (1,), (0,), (5,), (2, 1, 3), (2,), (4, 1)]
WIDE_SHAPES = [(33,), (65,), (7, 5), (64,), (32,), (2, 17), (40,), (97,), (129,)]
"""Their numbers fill several vectors of a kernel, and leave some over."""

RATES = [0.1, 0.5, 1.0, 0.001, 0.0, 3.0]

EPS = [1e-8, 1e-3, 1e-10, 0.1, 1.0, 1e-7]
DECAYS = [0.0, 0.0, 0.1, 2.0]
BETAS = [(0.9, 0.999), (0.0, 0.5), (0.5, 0.0), (0.0, 0.0), (0.99, 0.9), (0.25, 0.75)]
SIZES = [1.0, 1.0, 1.0, 2.0**-6, 2.0**6, 0.0]
"""Gradients are huge, tiny or zero."""

PARAMETERS = ("param", "gradients")
"""What optimisers of frameworks do not differentiate by."""


@st.composite
def parameters(draw, elements):
    """A parameter and its gradients, and the rate of each step or one for all."""
    wide, code, rate = draw(whole_numbers((0, 4), (0, 251), (0, 11)))
    shapes = WIDE_SHAPES if wide == 4 else SHAPES
    shape = shapes[code % len(shapes)]
    steps = 1 + code % (2 if wide == 4 else 4)
    lr = RATES[rate % 6]
    if rate > 5:
        lr = tuple(lr / (1 + t) for t in range(steps))
    return (draw(elements(shape)), draw(elements((steps, *shape)))), lr


@cache
def nonzero(shape):
    """Multiples of 1/16 other than 0, up to 4 in size."""
    return codes(shape).map(
        lambda code: (code % 64 + 1) / 16 * np.where(code < 128, 1, -1)
    )


@st.composite
def paths(draw, elements, steps=4):
    """A parameter of a few numbers, and its gradients."""
    count, size = draw(whole_numbers((1, steps), (1, 3)))
    return draw(elements((size,))), draw(elements((count, size)))


shares = st.integers(1, 7).map(lambda k: Fraction(k, 8))
"""Fractions between 0 and 1."""


greater = np.frompyfunc(np.maximum, 2, 1)
"""np.maximum of each two numbers, which bounded ones never leave undecided."""


def assert_at_most(left, right):
    """Check that no number is above its bound."""
    assert_equal(greater(left, right), right)


@st.composite
def steps(draw):
    """A parameter and gradients, and options that each adaptive optimiser has."""
    (param, gradients), lr = draw(parameters(ordinary))
    limits = (0, 5), (0, 5), (0, 3), (0, 1), (0, 7)
    eps, size, decay, maximize, inside = draw(whole_numbers(*limits))
    return (param, SIZES[size] * gradients), {
        "lr": lr,
        "eps": EPS[eps],
        "weight_decay": DECAYS[decay],
        "maximize": bool(maximize),
        "eps_inside_sqrt": inside == 7,
    }


@st.composite
def adagrad_steps(draw):
    """A parameter, gradients, and options of adagrad."""
    tensors, options = draw(steps())
    decay, start = draw(whole_numbers((0, 2), (0, 2)))
    options["lr_decay"] = (0.0, 0.1, 1.0)[decay]
    options["initial_accumulator_value"] = (0.0, 0.1, 2.0)[start]
    return tensors, options


@st.composite
def rmsprop_steps(draw):
    """A parameter, gradients, and options of rmsprop."""
    tensors, options = draw(steps())
    alpha, momentum, centered = draw(whole_numbers((0, 3), (0, 2), (0, 2)))
    options["alpha"] = (0.99, 0.5, 0.9, 0.0)[alpha]
    options["momentum"] = (0.0, 0.9, 1.5)[momentum]
    return tensors, options | {"centered": centered == 2}


@st.composite
def adam_steps(draw):
    """A parameter, gradients, and options of adam."""
    tensors, options = draw(steps())
    betas, amsgrad, decoupled = draw(whole_numbers((0, 5), (0, 1), (0, 1)))
    options |= {"betas": BETAS[betas], "amsgrad": bool(amsgrad)}
    return tensors, options | {"decoupled_weight_decay": bool(decoupled)}
