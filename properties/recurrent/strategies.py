"""Inputs of recurrent networks."""

import math
from functools import cache

import numpy as np
from hypothesis import strategies as st

from properties.arithmetic.bounded import bounded
from properties.strategies import codes, ordinary, sixteenths, whole_numbers


@cache
def gentle(shape):
    """Numbers up to 8, most of them below 1: gates that are neither open nor shut."""
    return ordinary(shape).map(lambda x: x / 8)


@cache
def fine(shape):
    """Multiples of 1/16 up to 1: what a recurrence makes of them stays small."""
    return sixteenths(shape).map(lambda x: x / 8)


def split(numbers, shapes):
    """Cut numbers into arrays; None has no shape, and is none."""
    sizes = [0 if shape is None else math.prod(shape) for shape in shapes]
    parts = np.split(numbers, np.cumsum(sizes)[:-1])
    return [
        None if shape is None else part.reshape(shape)
        for part, shape in zip(parts, shapes)
    ]


def arrays(shapes, elements):
    """Lists of arrays of shapes, drawn at one go."""
    count = sum(math.prod(shape) for shape in shapes if shape is not None)
    return elements((count,)).map(lambda numbers: split(numbers, shapes))


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
    return draw(arrays([(*lead, features), *[state] * states, *weights], elements))


@st.composite
def wide_cells(draw, gates, elements, *, states=1):
    """Of as many hidden units as kernels and loops are cut into, or one more."""
    hidden = draw(st.sampled_from([33, 17, 33, 65, 32, 33, 17, 31]))
    batch = 1 if hidden > 17 else 2
    weights = cell_shapes(gates, 1, hidden)
    shapes = [(batch, 1), *[(batch, hidden)] * states, *weights]
    return draw(arrays(shapes, elements))


@st.composite
def stacks(draw, gates, elements, *, states=1, batch=2, time=3, most=2, packed=False):
    """Layers: an input, states and weights; and options."""
    ranges = (1, time), (1, batch), (1, 2), (1, 2), (1, most), (0, 255), (0, 255)
    time, batch, features, hidden, num_layers, flags, more = draw(
        whole_numbers(*ranges)
    )
    options = {
        "num_layers": num_layers,
        "bidirectional": bool(flags & 1),
        "batch_first": bool(flags & 2),
    }
    if not packed:
        options["dropout"] = float(num_layers > 1 and more % 4 == 1)
    batch = 0 if more % 32 == 31 and not packed else batch
    lead = (batch, time) if options["batch_first"] else (time, batch)
    is_one = flags >> 2 & 3 == 3 and not packed
    units = 1 + (more >> 2) % 2 if states == 2 and more >> 3 & 1 else None
    hidden = hidden + 1 if units else hidden
    shapes = [(time, features) if is_one else (*lead, features)]
    cells = num_layers * (1 + options["bidirectional"])
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
    return draw(arrays(shapes, elements)), options


@st.composite
def packs(draw, gates, elements, *, states=1):
    """Layers with lengths in the second place; and options."""
    (input, *rest), options = draw(
        stacks(gates, elements, states=states, batch=3, packed=True)
    )
    batch, time = input.shape[:2] if options["batch_first"] else input.shape[1::-1]
    code = draw(codes((batch,)))
    lengths = 1 + code.astype(np.int64) % time
    options["enforce_sorted"] = bool(code[:1] < 64)
    if options["enforce_sorted"]:
        lengths = -np.sort(-lengths)
    return (input, lengths, *rest), options


def on_bounds(tensors):
    """The tensors of a call as bounded numbers; None stays."""
    return [None if tensor is None else bounded(tensor) for tensor in tensors]
