"""Calls of recurrent layers and attention that PyTorch takes, or dies of: faults."""

import numpy as np

from properties.known_issues.issue import ONEDNN
from properties.known_issues.refusals import taken

BY_CHANCE = 2
"""Calls of a cell whose gates are cut along another axis: it reads gates behind the
last one, which may look like a tensor that it refuses."""


def has_other_states(input, lengths, hx, cx, *weights, num_layers, **options):
    """Whether states are not of as many layers, sequences and units as there are."""
    layers = num_layers * (1 + options["bidirectional"])
    rows, units = weights[1].shape
    shapes = [(layers, len(lengths), count) for count in (units, rows // 4)]
    return hx is not None and [hx.shape, np.shape(cx)] != shapes


def drops_what_has_no_length(input, lengths, hx, *others, batch_first, **options):
    """Whether there are sequences or states without a length, and they are sorted."""
    count = input.shape[0 if batch_first else 1]
    most = count if hx is None else max(count, hx.shape[1])
    return not options["enforce_sorted"] and 0 < len(lengths) < most


def has_other_axes(input, *states):
    """Whether an input is of more than a batch, or a state is not of its axes."""
    given = [state for state in states if state is not None]
    return input.ndim > 2 or any(state.ndim != input.ndim for state in given)


def has_another_mask(input, attn_mask, key_padding_mask, heads):
    """Whether masks do not have the shapes that they ought to, of an even number of
    heads."""
    rows, steps = input.shape[:2]
    fits = attn_mask.shape in ((steps, steps), (rows * heads, steps, steps))
    pads = key_padding_mask is None or key_padding_mask.shape == (rows, steps)
    return heads % 2 == 0 and not (fits and pads)


FAULTS = [
    *[
        taken(
            f"packed_{kind}",
            "sequences and states that have no length are dropped, if they are sorted",
            drops_what_has_no_length,
            (
                *(np.ones((2, 1, 1)), np.ones(1, int), *states),
                *(np.ones((gates, 1)), np.ones((gates, 1)), *rest),
            ),
            {"num_layers": 1, "bidirectional": False, "batch_first": True}
            | {"enforce_sorted": False}
            | more,
        )
        for kind, gates, states, rest, more in [
            ("rnn", 1, [None], [None] * 2, {"nonlinearity": "tanh"}),
            ("gru", 3, [None], [None] * 2, {}),
            ("lstm", 4, [None] * 2, [None] * 3, {}),
        ]
    ],
    taken(
        "packed_lstm",
        "states of other shapes are taken: what is behind them is read, or it dies",
        has_other_states,
        (
            *(np.ones((2, 2, 1)), np.full(2, 2)),
            *(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2))),
            *(np.ones((8, 1)), np.ones((8, 2)), np.ones(8), np.ones(8), None),
        ),
        {"num_layers": 1, "bidirectional": False, "batch_first": False}
        | {"enforce_sorted": True},
        "https://github.com/pytorch/pytorch/issues/173946",
    ),
    *[
        taken(
            "packed_lstm",
            "inputs of other features than the weights are for are taken",
            lambda input, lengths, hx, cx, weight, *others, **options: (
                input.shape[2:] != weight.shape[1:]
            ),
            (
                *(np.ones((1, 1, 2)), np.ones(1, int), None, None),
                *(np.ones((4, 1)), np.ones((4, 1)), None, None, None),
            ),
            {"num_layers": 1, "bidirectional": False, "batch_first": False}
            | {"enforce_sorted": True},
            "https://github.com/pytorch/pytorch/pull/195805",
            (dtype,),
            machine=machine,
        )
        for dtype, machine in ONEDNN
    ],
    taken(
        "lstm_cell",
        "states of more axes than the input crash it, or are taken",
        lambda input, hx, cx, *weights: has_other_axes(input, hx, cx),
        (
            *(np.zeros(1), np.zeros((4, 4)), np.zeros((4, 16))),
            *(np.zeros((16, 1)), np.zeros((16, 4)), np.zeros(16), np.zeros(16)),
        ),
        {},
        "https://github.com/pytorch/pytorch/issues/175978",
    ),
    taken(
        "embedding_bag_gradient",
        "ids, where there are no offsets: it dies",
        lambda input, gradient, offsets, *tensors, **options: (
            input.size and not len(offsets)
        ),
        (np.arange(2), np.ones((2, 1)), np.zeros(0, int), None),
        {"mode": "max", "padding_idx": None, "num_embeddings": 2}
        | {"scale_grad_by_freq": False},
        "https://github.com/pytorch/pytorch/issues/175370",
    ),
    *[
        taken(
            operation,
            "a state of more axes than the input crashes it, or is taken",
            lambda input, hx, *weights, **options: has_other_axes(input, hx),
            (
                *(np.zeros(1), np.zeros((1, 1))),
                *(np.zeros((gates, 1)), np.zeros((gates, 1))),
                *(np.zeros(gates), np.zeros(gates)),
            ),
            options,
            "https://github.com/pytorch/pytorch/pull/191232",
            calls=1 if gates == 1 else BY_CHANCE,
        )
        for operation, gates, options in [
            ("rnn_cell", 1, {"nonlinearity": "tanh"}),
            ("rnn_cell_module", 1, {"nonlinearity": "tanh"}),
            ("gru_cell", 3, {"reset_after": True}),
            ("gru_cell_module", 3, {"reset_after": True}),
        ]
    ],
    taken(
        "self_attention_fast_path",
        "masks of any shape that has as many numbers are taken",
        lambda input, w, b, u, c, padding, mask, *, num_heads: has_another_mask(
            input, mask, padding, num_heads
        ),
        (
            *(np.ones((1, 1, 2)), np.ones((6, 2)), np.ones(6), np.ones((2, 2))),
            *(np.ones(2), None, np.ones(1, bool)),
        ),
        {"num_heads": 2},
    ),
    *[
        taken(
            f"transformer_encoder_{way}",
            "masks of any shape that has as many numbers are taken",
            lambda input, mask, padding, *weights, nhead, **options: has_another_mask(
                input, mask, padding, nhead
            ),
            (
                *(np.ones((1, 1, 2)), np.ones(1, bool), None),
                *(np.ones((6, 2)), np.ones(6), np.ones((2, 2)), np.ones(2)),
                *(np.ones((1, 2)), np.ones(1), np.ones((2, 1)), np.ones(2)),
                *[np.ones(2)] * 4,
            ),
            {"nhead": 2, "norm_first": False, "activation": "relu"}
            | {"layer_norm_eps": 1e-5},
        )
        for way in ("layer_fast_path", "nested")
    ],
    taken(
        "unpad_sequence",
        "lengths below 0, or above the padded length, or in more axes, are taken",
        lambda padded, lengths, **options: (
            lengths.ndim != 1
            or lengths.max() > padded.shape[1]
            or lengths.min() < 0
            or len(lengths) != len(padded)
        ),
        (np.ones((1, 1)), np.array([2])),
        {"batch_first": True},
    ),
]
