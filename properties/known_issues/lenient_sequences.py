"""Calls of masks, indices, sequences and schedules that PyTorch takes leniently."""

import numpy as np

from properties.known_issues.refusals import DOCS, broadcast, has_axes, taken

MASKED = "https://docs.pytorch.org/docs/2.13/masked.html"


def fills_slice(input, src, *, dim, start, stop, step):
    """Whether the slice has another shape, to which the source broadcasts."""
    place = np.moveaxis(input, dim, 0)[start:stop:step]
    return broadcast(place, np.moveaxis(np.atleast_1d(src), dim, 0))


LENIENT = [
    taken(
        "slice_scatter_view",
        "the source broadcasts to the slice",
        fills_slice,
        (np.ones((2, 3)), np.ones((1, 3))),
        {"dim": 0, "start": 0, "stop": 2, "step": 1},
        f"{DOCS}Tensor.copy_.html",
    ),
    *[
        taken(
            f"masked_{kind}_brackets",
            "None is an axis of one, and a mask of fewer axes is for the first ones",
            lambda input, mask, **options: (
                mask is None or mask.shape == input.shape[: mask.ndim]
            ),
            (np.ones((2, 3)), np.ones(2, bool)),
            options,
            "https://docs.pytorch.org/docs/2.13/tensor_view.html",
        )
        for kind, options in [("select", {}), ("fill", {"value": 0.0})]
    ],
    *[
        taken(
            f"masked_{kind}_prototype",
            "input and mask broadcast, and without a mask all numbers count",
            lambda input, mask, *, dim: mask is None or broadcast(input, mask),
            (np.ones((2, 2)), np.full(2, True)),
            {"dim": 1},
            MASKED,
        )
        for kind in ("max", "mean", "softmax")
    ],
    taken(
        "pad_sequence",
        "that all features are the same is assumed: those of one are taken for all",
        lambda *sequences, **options: len({s.shape[1:] for s in sequences}) > 1,
        (np.ones((1, 2)), np.ones((2, 1))),
        {"batch_first": False, "padding_value": 0.0, "padding_side": "right"},
        f"{DOCS}nn.utils.rnn.pad_sequence.html",
    ),
    taken(
        "self_attention",
        "one sequence without a batch is taken",
        has_axes(2),
        (np.ones((1, 1)), np.ones((3, 1)), None, np.ones((1, 1)), None, None, None),
        {"num_heads": 1},
        f"{DOCS}nn.MultiheadAttention.html",
    ),
    taken(
        "self_attention_fast_path",
        "of no sequences, or no tokens, padding may have any shape of two axes",
        lambda input, *others, **options: 0 in input.shape[:2],
        (
            *(np.ones((0, 1, 2)), np.ones((6, 2)), np.ones(6), np.ones((2, 2))),
            *(np.ones(2), np.ones((1, 1), bool), None),
        ),
        {"num_heads": 2},
    ),
    taken(
        "multi_step_lr",
        "a milestone below 0 is one that was passed before the first step",
        lambda lr, *, milestones, **options: min(milestones) < 0,
        (np.ones(1),),
        {"milestones": (-1,), "gamma": 0.5, "steps": 1},
    ),
    taken(
        "integer_index",
        "with no index it is all",
        lambda input, *indices: not indices,
        (np.ones(1),),
        {},
        "https://docs.pytorch.org/docs/2.13/tensor_view.html",
    ),
    taken(
        "clip_grad_norm",
        "no gradients have a norm of 0",
        lambda *gradients, **options: not gradients,
        (),
        {"max_norm": 1.0, "norm_type": 2.0},
        f"{DOCS}nn.utils.clip_grad_norm_.html",
    ),
]
"""As `leniency.LENIENT`."""
