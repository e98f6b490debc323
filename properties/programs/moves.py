"""How operations that only move numbers are applied: indexing, joining, views."""

import numpy as np

from properties.backends.program import UPDATE
from properties.programs.updates import FUNCTIONS, OF_TWO

# --- indexing


def select(draft):
    x = draft.operand(2, 3, 4)
    axis = draft.axis(x)
    draft.step("select", x, dim=axis, index=draft.pick(draft.values[x].shape[axis]))


def slice_of(draft, x):
    """Choose a slice of an axis, and the shape that it has."""
    shape = [*draft.values[x].shape]
    axis = draft.axis(x)
    start, step = draft.pick(shape[axis]), 1 + draft.pick(2)
    stop = start + 1 + draft.pick(shape[axis] - start)
    shape[axis] = len(range(start, stop, step))
    return {"dim": axis, "start": start, "stop": stop, "step": step}, tuple(shape)


def slice_along(draft):
    x = draft.operand()
    draft.step("slice_along", x, **slice_of(draft, x)[0])


def slice_scatter(draft):
    x = draft.operand()
    options, shape = slice_of(draft, x)
    draft.step("slice_scatter", x, draft.other(shape), **options)


def integer_index(draft):
    x = draft.operand()
    draft.need(draft.values[x].ndim)
    ids = draft.below(draft.values[x].shape[0], (1 + draft.pick(3),))
    draft.step("integer_index", x, ids)


def batch_gather(draft):
    x = draft.operand(2, 3, 4)
    batch, places = draft.values[x].shape[:2]
    draft.step("batch_gather", x, draft.below(places, (batch, 1 + draft.pick(3))))


def embedding(draft):
    x = draft.operand(2)
    ids = draft.below(len(draft.values[x]), draft.one_of(((2,), (1, 3))))
    draft.step("embedding", ids, x)


def masked_fill(draft):
    x = draft.operand()
    value = draft.one_of((0.0, -np.inf, 0.5))
    draft.step("masked_fill", x, draft.mask(draft.values[x].shape), value=value)


def repeat_interleave(draft):
    x = draft.operand()
    draft.step("repeat_interleave", x, repeats=2, dim=draft.axis(x))


# --- joining, and taking apart


def joined(operation):
    def build(draft):
        x = draft.operand()
        axis = draft.axis(x)
        operands = [x, draft.other(draft.values[x].shape)]
        draft.step(operation, *draft.one_of((operands, operands[::-1])), dim=axis)

    return build


def pieces(operation, option):
    def build(draft):
        x = draft.operand()
        draft.step(operation, x, **{option: 2}, dim=draft.axis(x))

    return build


# --- views


def view(draft):
    x = draft.operand()
    shape, size = draft.values[x].shape, draft.values[x].size
    shapes = [(-1,), (*shape, 1), (1, *shape), (*shape[:-2], -1), shape[::-1]]
    shapes += [(n, -1) for n in (2, 3, 4) if size % n == 0]
    draft.step("view", x, shape=draft.one_of(shapes))


def flatten(draft):
    x = draft.operand(2, 3, 4)
    start = draft.pick(draft.values[x].ndim - 1)
    draft.step("flatten", x, start_dim=start, end_dim=draft.one_of((start + 1, -1)))


def permute(draft):
    x = draft.operand(2, 3, 4)
    axes = [*range(draft.values[x].ndim)]
    dims = tuple(axes.pop(-1 - draft.pick(len(axes))) for _ in range(len(axes)))
    draft.step("permute", x, dims=dims)


def transpose(draft):
    x = draft.operand(2, 3, 4)
    draft.step("transpose", x, dim0=draft.axis(x), dim1=draft.axis(x))


def broadcast_tensors(draft):
    """The second is expanded, as one row, column or number is."""
    x = draft.operand()
    draft.step("broadcast_tensors", draft.partner(x), x)


# --- borders


def pad(draft):
    x = draft.operand()
    mode = "constant"
    if draft.values[x].ndim in (2, 3):
        mode = draft.one_of(("constant", "reflect", "replicate", "circular"))
    widths = [draft.pick(2), draft.pick(3)]
    if mode == "constant" and draft.values[x].ndim > 1:
        widths += [draft.pick(2), draft.pick(2)]
    value = draft.one_of((0.0, 0.5)) if mode == "constant" else 0.0
    draft.step("pad", x, pad=tuple(widths), mode=mode, value=value)


# --- changes in place


def changed(draft):
    """Change a value in place, and so the views of it, or what it is a view of."""
    x = changeable(draft)
    function = draft.one_of(FUNCTIONS)
    takes_other = function in (*OF_TWO, "copy_")
    other = draft.partner(x, into=True) if takes_other else None
    no_grad = draft.one_of((False, False, True))
    draft.step(UPDATE, x, other, function=function, no_grad=no_grad)


def changeable(draft):
    """Choose a value that can be changed in place: a view of one, half of the time.

    Where there is none, it is a sum that is made for it.
    """
    x = draft.operand()
    if not draft.may_change(x):
        without, other = ("elementwise2_inplace",), draft.partner(x)
        x = draft.step("elementwise2", x, other, without=without, function="add")
        draft.need(draft.may_change(x))
    if draft.values[x].ndim and draft.pick(2):
        operation, options = view_of(draft, x)
        x = draft.step(operation, x, **options)
    return x


def view_of(draft, x):
    """Choose a view of a value: an operation of one tensor, and its options."""
    shape = draft.values[x].shape
    dim, other = draft.axis(x), draft.axis(x)
    views = (
        ("slice_along", slice_of(draft, x)[0]),
        ("select", {"dim": dim, "index": draft.pick(shape[dim])}),
        ("transpose", {"dim0": dim, "dim1": other}),
    )
    return draft.one_of(views)
