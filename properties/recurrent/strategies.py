"""Inputs of recurrent networks."""

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.arithmetic.bounded import bounded
from properties.strategies import codes, ordinary, sixteenths, whole_numbers

OPEN, SHUT = 1000.0, -1000.0
"""What sigmoid makes exactly 1 and exactly 0 of."""

CELL_TENSORS = "input", "hx", "cx", "weight_ih", "weight_hh", "bias_ih", "bias_hh"
"""All tensors of cells: without gradient, if the reference would take long."""

WIDTHS = st.sampled_from([33, 2, 17, 1, 3, 2, 65, 1, 2, 3, 33, 32, *[1, 2, 3] * 4])
"""Numbers of hidden units, small ones among them: a wide one takes long."""

MOST_STEPS = 6
"""Of all cells on all sequences of a batch: more would take long. Packs, which need
steps to be of several lengths, have twice as many."""


def constant_of(way):
    """What a way to a cell is not differentiated by: modules call the functions."""
    return CELL_TENSORS if way.endswith("module") else ()


@cache
def gentle(shape):
    """Numbers up to 8, most of them below 1: gates that are neither open nor shut."""
    return ordinary(shape).map(lambda x: x / 8)


@cache
def fine(shape):
    """Multiples of 1/16 up to 1: what a recurrence makes of them stays small."""
    return sixteenths(shape).map(lambda x: x / 8)


def size_of(shapes):
    return sum(math.prod(shape) for shape in shapes if shape is not None)


def split(numbers, shapes):
    """Cut numbers into arrays; None has no shape, and is none."""
    sizes = [0 if shape is None else math.prod(shape) for shape in shapes]
    parts = np.split(numbers, np.cumsum(sizes)[:-1])
    return [
        None if shape is None else part.reshape(shape)
        for part, shape in zip(parts, shapes)
    ]


def cell_shapes(gates, features, hidden, units=None, *, has_biases=True):
    """Shapes of weight_ih, weight_hh, bias_ih and bias_hh."""
    rows = gates * hidden
    bias = (rows,) if has_biases else None
    return [(rows, features), (rows, units or hidden), bias, bias]


@st.composite
def cells(draw, gates, elements, *, states=1, batch=3):
    """An input, states and weights: one example rarely, no states, no biases."""
    ranges = (1, batch), (1, 3), (1, 3), (0, 255)
    batch, features, hidden, flags = draw(whole_numbers(*ranges))
    if flags % 16 == 15:
        batch = 0
    lead = () if flags % 4 == 1 else (batch,)
    state = None if flags >> 2 & 3 == 1 else (*lead, hidden)
    has_biases = flags >> 4 & 3 != 1
    weights = cell_shapes(gates, features, hidden, has_biases=has_biases)
    shapes = [(*lead, features), *[state] * states, *weights]
    return split(draw(elements((size_of(shapes),))), shapes)


@st.composite
def wide_cells(draw, gates, elements, *, states=1):
    """Of as many hidden units as kernels and loops are cut into, or one more."""
    hidden = draw(WIDTHS)
    weights = cell_shapes(gates, 1, hidden)
    shapes = [(1, 1), *[(1, hidden)] * states, *weights]
    return split(draw(elements((size_of(shapes),))), shapes)


@st.composite
def wide_stacks(draw, gates, elements, *, states=1):
    """One layer of many hidden units, on many steps or many sequences; and options."""
    wide, (axis, flags) = draw(WIDTHS), draw(whole_numbers((0, 3), (0, 3)))
    time, batch, hidden = np.where(np.arange(3) == min(axis, 2), wide, 1).tolist()
    weights = cell_shapes(gates, 1, hidden, has_biases=flags != 3)
    state = (1, batch, hidden) if flags < 2 else None
    is_first = flags % 2 == 1
    lead = (batch, time) if is_first else (time, batch)
    shapes = [(*lead, 1), *[state] * states, *weights, *[None] * (states - 1)]
    options = {"num_layers": 1, "bidirectional": False, "dropout": 0.0}
    options["batch_first"] = is_first
    return split(draw(elements((size_of(shapes),))), shapes), options


@st.composite
def stacks(
    draw,
    gates,
    elements,
    *,
    states=1,
    batch=2,
    time=3,
    most=2,
    packed=False,
    bidirectional=None,
):
    """Layers: an input, states and weights; and options."""
    steps, sequences = (1 + packed, time), (1 + packed, batch)
    ranges = steps, sequences, (1, 2), (1, 2), (1, most), (0, 255), (0, 255)
    time, batch, features, hidden, num_layers, flags, more = draw(
        whole_numbers(*ranges)
    )
    options = {
        "num_layers": num_layers,
        "bidirectional": bool(flags & 1) if bidirectional is None else bidirectional,
        "batch_first": bool(flags & 2),
    }
    if not packed:
        options["dropout"] = float(num_layers > 1 and more % 4 == 1)
    cells = num_layers * (1 + options["bidirectional"])
    time = min(time, max(MOST_STEPS * (1 + packed) // cells // batch, 1))
    batch = int(packed) if more % 32 == 31 else batch
    lead = (batch, time) if options["batch_first"] else (time, batch)
    is_one = flags >> 2 & 3 == 3 and not packed
    units = hidden if states == 2 and more >> 2 & 3 == 1 else None
    hidden = units + 1 if units else hidden  # a projection has to be narrower
    shapes = [(time, features) if is_one else (*lead, features)]
    middle = (cells,) if is_one else (cells, batch)
    has_states = flags >> 4 & 3 != 1
    for size in [units or hidden, hidden][:states]:
        shapes.append((*middle, size) if has_states else None)
    has_biases = flags >> 6 != 1
    for cell in range(cells):
        if cell > options["bidirectional"]:
            features = (units or hidden) * (1 + options["bidirectional"])
        shapes += cell_shapes(gates, features, hidden, units, has_biases=has_biases)
        if states == 2:
            shapes.append((units, hidden) if units else None)
    return split(draw(elements((size_of(shapes),))), shapes), options


@st.composite
def packs(draw, gates, elements, *, states=1, **limits):
    """Layers with lengths in the second place; and options."""
    (input, *rest), options = draw(
        stacks(gates, elements, states=states, batch=3, packed=True, **limits)
    )
    batch, time = input.shape[:2] if options["batch_first"] else input.shape[1::-1]
    code = draw(codes((batch,)))
    lengths = time - code.astype(np.int64) // 4 % time
    options["enforce_sorted"] = bool(code[0] % 4 == 1)
    if options["enforce_sorted"]:
        lengths = -np.sort(-lengths)
    return (input, lengths, *rest), options


def on_bounds(tensors):
    """The tensors of a call as bounded numbers; None stays."""
    return [None if tensor is None else bounded(tensor) for tensor in tensors]


# --- the gates of a cell


def all_of(tensors):
    """A cell's tensors without any None: zeros in its place."""
    input, *states, weight_ih, weight_hh, bias_ih, bias_hh = tensors
    zeros = np.zeros((*input.shape[:-1], weight_hh.shape[1]), input.dtype)
    states = [zeros if state is None else state for state in states]
    none = np.zeros(len(weight_ih), input.dtype)
    biases = [none if bias is None else bias for bias in (bias_ih, bias_hh)]
    return [input, *states, weight_ih, weight_hh, *biases]


def gated(tensors, gates, **pinned):
    """Tensors of a cell, some of whose gates' preactivations are pinned to numbers."""
    *rest, weight_ih, weight_hh, bias_ih, bias_hh = (t.copy() for t in all_of(tensors))
    hidden = len(weight_ih) // len(gates)
    for gate, value in pinned.items():
        rows = slice(gates.index(gate) * hidden, (gates.index(gate) + 1) * hidden)
        weight_ih[rows] = weight_hh[rows] = bias_hh[rows] = 0
        bias_ih[rows] = value
    return [*rest, weight_ih, weight_hh, bias_ih, bias_hh]


def part(weights, gates, gate):
    """Weights and biases of one gate."""
    at, count = gates.index(gate), len(gates)
    return [np.split(weight, count)[at] for weight in weights]


def shuffled(count, random):
    return np.array(random.sample(range(count), count))


def renumbered(tensors, gates, order):
    """The same cell with its hidden units in another order."""
    x, *states, weight_ih, weight_hh, bias_ih, bias_hh = all_of(tensors)
    rows = np.concatenate([order + k * len(order) for k in range(gates)])
    states = [state[..., order] for state in states]
    weight_hh = weight_hh[rows][:, order]
    return [x, *states, weight_ih[rows], weight_hh, bias_ih[rows], bias_hh[rows]]
