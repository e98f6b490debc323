"""How layers with parts that are left out, or that are fed back, are applied."""

import numpy as np


def unmasked(draft, *ranks):
    """Choose a value that no mask put −∞ in, which a product would make NaN: a gate, or
    a weight, is 0 there, in the result or in its gradient."""
    x = draft.operand(*ranks)
    draft.need(np.isfinite(draft.values[x]).all())
    return x


# --- masks


def masked(operation, **options):
    """Of a value and the mask of what takes part, or stays."""

    def build(draft):
        x = draft.operand()
        draft.step(operation, x, draft.mask(draft.values[x].shape), **options)

    return build


def masked_along(operation):
    """Of a value and a mask that hides no row of it altogether.

    Where a row overflows, it is open what is hidden in it.
    """

    def build(draft):
        x = draft.operand()
        axis = draft.axis(x)
        mask = (draft.drawn(draft.values[x].shape) > 0) | draft.is_wild
        np.moveaxis(mask, axis, 0)[0] = True
        draft.step(operation, x, draft.add(mask), dim=axis)

    return build


# --- images


def horizontal_flip(draft):
    draft.step("horizontal_flip", draft.operand(2, 3, 4))


def resize(draft):
    x = unmasked(draft, 2, 3, 4)
    draft.step("resize", x, size=(1 + draft.pick(3), 1 + draft.pick(4)))


def normalize_channels(draft):
    x = draft.operand(3, 4)
    channels = draft.values[x].shape[-3:-2]
    draft.step("normalize_channels", x, draft.input(channels), draft.positive(channels))


# --- recurrent networks


def cell(operation, gates, states, **options):
    """A step of a recurrent network, from a state of zeros or an input."""

    def build(draft):
        x = unmasked(draft, 1, 2)
        *batch, features = draft.values[x].shape
        hidden = 1 + draft.pick(2)
        given = draft.pick(2)
        before = [draft.input((*batch, hidden)) if given else None] * states
        weights = parameters(draft, features, hidden, gates)
        draft.step(operation, x, *before, *weights, **options)

    return build


def layer(operation, gates, states, **options):
    """A recurrent layer of one direction, from a state of zeros, without projection."""

    def build(draft):
        x = unmasked(draft, 2, 3)
        weights = parameters(draft, draft.values[x].shape[-1], 1 + draft.pick(2), gates)
        weights += [None] if operation == "lstm" else []
        first = draft.one_of((False, True))
        operands = [x, *[None] * states, *weights]
        draft.step(operation, *operands, batch_first=first, **options)

    return build


def parameters(draft, features, hidden, gates):
    """Inputs for the weights of a layer, with two biases or without."""
    rows = gates * hidden
    weights = [draft.input((rows, features)), draft.input((rows, hidden))]
    given = draft.pick(2)
    return weights + [draft.input((rows,)) if given else None for _ in range(2)]


# --- losses


def answers(draft):
    """A loss of logits of yes, and of answers of 0 or 1."""
    x = draft.operand()
    asked = draft.drawn(draft.values[x].shape) > 0
    target = draft.constant(draft.add(np.where(asked, 1.0, 0.0)))
    reduction = draft.one_of(("mean", "sum", "none"))
    operands = x, target, None, None
    draft.step("binary_cross_entropy_with_logits", *operands, reduction=reduction)


def kl_div(draft):
    x = draft.operand()
    draft.need(draft.values[x].ndim)
    target = draft.positive(draft.values[x].shape)
    reduction = draft.one_of(("batchmean", "mean", "sum", "none"))
    draft.step("kl_div", x, target, reduction=reduction, log_target=False)
