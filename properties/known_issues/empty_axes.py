"""Known issues of tensors that have an axis without numbers."""

import numpy as np

from properties.known_issues.issue import TO_SEE_UNSET, KnownIssue
from properties.known_issues.refusals import EVERY
from properties.operations import ways


def is_reduced_to_nothing(input, target, weight=None, *, reduction, **options):
    """Whether the losses of no examples are put together."""
    return not target.size and reduction != "none"


def crops_a_volume_away(input, *, pad, mode, **options):
    """Whether nothing is left of an axis of a volume that is mirrored."""
    if mode != "reflect" or len(pad) != 6:
        return False
    sizes = zip(input.shape[:-4:-1], pad[::2], pad[1::2])
    return any(size + before + after == 0 for size, before, after in sizes)


def scales_no_channels(input, mean, var, weight=None, bias=None, **options):
    is_scaled = weight is not None or bias is not None
    return is_scaled and 0 in input.shape[1:2]


def is_of_nothing(*tensors, **options):
    """Whether there may be a mask of a batch, or of keys, of which there are none."""
    return any(tensor is not None and not tensor.size for tensor in tensors)


def projections(*names):
    """Weights of attention to one feature, by head."""
    shapes = {"in": (3, 1), "in_bias": (3,), "out": (1, 1), "bias": (1,)}
    return [np.ones(shapes[name]) for name in names]


VOLUME = np.ones((1, 1, 1, 1, 4))
NOBODY = np.ones((0, 1, 1))
PADDED = np.ones((0, 1), bool)
SELF = projections("in", "in_bias", "out", "bias")
DECODER = [*SELF, *SELF, *projections(*["out", "bias"] * 2, *["bias"] * 6)]
LAYER = {"nhead": 1, "norm_first": False, "activation": "relu", "layer_norm_eps": 1e-5}
ATTENTION = {
    **dict.fromkeys(
        ("self_attention", "self_attention_fast_path"),
        ((NOBODY, *SELF, PADDED, None), {"num_heads": 1}),
    ),
    "multi_head_attention": (
        (
            *[NOBODY] * 3,
            *projections(*["out"] * 3, "in_bias", "out", "bias"),
            *(None, None, PADDED, None),
        ),
        {"num_heads": 1, "need_weights": False, "add_zero_attn": False}
        | {"average_attn_weights": True},
    ),
    **dict.fromkeys(
        ("transformer_decoder_layer", "transformer_decoder"),
        ((NOBODY, NOBODY, None, None, PADDED, None, *DECODER), LAYER),
    ),
}

KNOWN_ISSUES = [
    KnownIssue(
        operation="multi_margin_loss",
        title="the sum and the mean of no losses are not set",
        link="",
        dtypes=EVERY,
        region=is_reduced_to_nothing,
        example=(
            (np.ones((0, 3)), np.ones(0, int), None),
            {"p": 1, "margin": 1.0, "reduction": "sum"},
        ),
        calls=TO_SEE_UNSET,
    ),
    KnownIssue(
        operation="pad",
        title="the gradient of a volume that is mirrored, and cropped away, is not set",
        link="https://github.com/pytorch/pytorch/pull/194042",
        dtypes=EVERY,
        region=crops_a_volume_away,
        example=((VOLUME,), {"pad": [-4, 0, 0, 0, 0, 0], "mode": "reflect"}),
        calls=TO_SEE_UNSET,
    ),
    *[
        KnownIssue(
            operation=way,
            title="no channels are refused where there is a weight or a bias",
            link="https://github.com/pytorch/pytorch/issues/72821",
            dtypes=EVERY,
            region=scales_no_channels,
            example=(
                (np.ones((2, 0)), *[np.ones(0)] * 4),
                {"training": False, "eps": 1e-5},
            ),
        )
        for way in ways("batch_norm")
    ],
    *[
        KnownIssue(
            operation=operation,
            title="a padding mask of an empty batch, or of no keys, is refused",
            link="",
            dtypes=EVERY,
            region=is_of_nothing,
            example=example,
        )
        for operation, example in ATTENTION.items()
    ],
]
